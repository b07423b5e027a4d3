// Sends hostile requests and reports those that were not refused properly.
import { exampleCalls } from '../api/examples/example-calls.ts'
import { errorAnswer } from '../api/schemas/answers.ts'
import { createRandom, pickOne } from '../seeded-random.ts'
import { createTestAttio, type TestAttio } from '../for-tests.ts'
import { standard } from '../seed/standard.ts'
import { mutate, type Hostile } from './mutations.ts'

export type FuzzResult = {
  readonly requests: number
  /** The number of answers per status. */
  readonly statuses: Readonly<Record<string, number>>
  /** Requests that were answered wrongly. */
  readonly problems: readonly { readonly request: Hostile; readonly problem: string }[]
}

/** The world is reset after this many requests, so that valid calls keep succeeding. */
const requestsPerWorld = 500

export async function fuzz(requests: number, seed: number): Promise<FuzzResult> {
  const chance = createRandom(seed)
  const statuses: Record<string, number> = {}
  const problems: { request: Hostile; problem: string }[] = []
  let attio = createTestAttio()
  for (let number = 0; number < requests; number += 1) {
    if (number % requestsPerWorld === 0) attio = createTestAttio()
    const good = pickOne(chance, goodCalls(attio))
    const request = mutate(chance, good, liveToken(attio))
    const { status, problem } = await send(attio, request)
    statuses[status] = (statuses[status] ?? 0) + 1
    if (problem !== undefined) problems.push({ request, problem })
  }
  return { requests, statuses, problems }
}

/** The API's example calls, and all other endpoints that accept requests. */
function goodCalls(attio: TestAttio) {
  const { client_id, ...rest } = { client_id: attio.clientId, redirect_uri: 'http://localhost/' }
  const authorize = new URLSearchParams({ client_id, ...rest, response_type: 'code', state: 's' })
  return [
    ...exampleCalls(attio).map(([, call]) => call),
    { method: 'GET', path: `/authorize?${authorize}` },
    { method: 'POST', path: `/authorize?${authorize}`, body: 'workspace=x&decision=allow' },
    { method: 'POST', path: '/oauth/token', body: `grant_type=authorization_code&code=x` },
    { method: 'POST', path: '/oauth/introspect', body: 'token=x' },
    { method: 'POST', path: '/oauth/revoke', body: 'token=x' },
    { method: 'POST', path: '/sign-in', body: 'person=x&return_to=/' },
    { method: 'GET', path: '/sign-in?return_to=/' },
    { method: 'GET', path: '/' },
  ]
}

/** Replaces the token when a request has revoked it. */
function liveToken(attio: TestAttio): string {
  const { token, clientId } = attio
  const { world } = attio.control
  if (world.accessTokens.get(token)) return token
  const other = world.accessTokens.all().find((one) => one.clientId === clientId)
  const memberEmail = standard.people.ada.emailAddress
  return other?.id ?? attio.issueAccessToken({ clientId, memberEmail, workspace: 'acme' })
}

async function send(
  attio: TestAttio,
  { method, path, headers, body }: Hostile,
): Promise<{ status: number; problem: string | undefined }> {
  try {
    const init = { method, headers, ...(body !== undefined && { body }) }
    const response = await attio.fetch(`${attio.origin}${path}`, init)
    const text = await response.text()
    const { pathname } = new URL(path, attio.origin)
    return { status: response.status, problem: problemOf(pathname, response, text) }
  } catch (error) {
    return { status: 0, problem: error instanceof Error ? (error.stack ?? error.message) : '?' }
  }
}

function problemOf(path: string, response: Response, text: string): string | undefined {
  const { status } = response
  if (status === 501 && text.includes('not-supported')) return undefined
  if (status >= 500) return `${status}: ${text.slice(0, 300)}`
  if (status < 400 || !path.startsWith('/v2/')) return undefined
  const isJson = response.headers.get('content-type')?.includes('json')
  const parsed = isJson ? errorAnswer.safeParse(JSON.parse(text)) : undefined
  return parsed?.success ? undefined : `${status} in another shape: ${text.slice(0, 300)}`
}
