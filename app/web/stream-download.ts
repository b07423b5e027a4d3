// Streams a file in chunks, as fast as the browser reads it. An account may download one file at a time, and a limited
// number per hour, after the person proved who they are.
import { confirmationAddress, paths } from './addresses.ts'
import { isConfirmed } from './confirming/is-confirmed.ts'
import { Problem } from './problem.ts'
import type { StreamDownload, WebParts } from './web-parts.ts'

const triedAgainMs = 10_000

type DownloadParts = Pick<WebParts, 'accounts' | 'clock' | 'logger'>

export function createDownloads({ accounts, clock, logger }: DownloadParts): StreamDownload {
  const underWay = new Set<string>()

  async function* counted(accountId: string, pieces: AsyncIterable<string>) {
    const encoder = new TextEncoder()
    try {
      for await (const piece of pieces) yield encoder.encode(piece)
    } catch (error) {
      logger.error('web.download-failed', { error })
      throw error
    } finally {
      underWay.delete(accountId)
    }
  }

  return async (context, session, { fileName, contentType, pieces }) => {
    if (!isConfirmed({ clock }, session)) {
      return context.redirect(confirmationAddress({ returnTo: paths.settings }), 303)
    }
    const { accountId } = session
    if (underWay.has(accountId)) {
      throw new Problem({ kind: 'too-many', retryAt: clock.now() + triedAgainMs })
    }
    const admission = await accounts.admitExport(session)
    if (admission.kind === 'too-many') throw new Problem(admission)
    underWay.add(accountId)
    const stream = counted(accountId, pieces())
    // Reads the first chunk before responding, so that an early failure gets an error response.
    const first = await stream.next()
    context.header('content-disposition', `attachment; filename="${fileName}"`)
    context.header('content-type', contentType)
    return context.body(streamOf(first, stream))
  }
}

function streamOf(
  first: IteratorResult<Uint8Array, void>,
  pieces: AsyncGenerator<Uint8Array, void>,
): ReadableStream<Uint8Array> {
  let next: IteratorResult<Uint8Array, void> | undefined = first
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = next ?? (await pieces.next())
      next = undefined
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => {
      await pieces.return()
    },
  })
}
