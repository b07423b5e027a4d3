// Asks Taskr as its HTTP server does: first straight from Node's request, then the general way.
import type { Taskr } from '../../app/compose.ts'

export interface Served {
  readonly response: Response
  /** True when the general way was not needed. */
  readonly isStraight: boolean
  /** True when the page was not rendered for this answer. */
  readonly isKept: boolean
}

export async function fetchAsServed(
  taskr: Pick<Taskr, 'beginStraight' | 'fetch'>,
  request: Request,
  remoteAddress?: string,
): Promise<Served> {
  const { host, pathname, search } = new URL(request.url)
  const headers = { host, ...Object.fromEntries(request.headers) }
  const begun = taskr.beginStraight({ method: request.method, url: pathname + search, headers })
  const answer = await begun?.answer
  if (answer === undefined) {
    return {
      response: await taskr.fetch(request, remoteAddress, begun),
      isStraight: false,
      isKept: false,
    }
  }
  const { pieces, status } = answer
  const pairs: [string, string][] = []
  for (let at = 0; at < answer.headers.length; at += 2) {
    pairs.push([answer.headers[at] ?? '', answer.headers[at + 1] ?? ''])
  }
  const body = pieces.length === 0 ? null : new Uint8Array(Buffer.concat(pieces))
  return {
    response: new Response(body, { status, headers: pairs }),
    isStraight: true,
    isKept: answer.isKept,
  }
}
