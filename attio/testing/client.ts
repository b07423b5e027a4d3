// A client with scripted answers and virtual time.
import { type AttioClientOptions, createAttioClient } from '../src/client.ts'
import { scriptedFetch, type Step } from './scripted-fetch.ts'
import { createVirtualTime } from './virtual-time.ts'

/** As long as Attio's tokens, and easy to find where it must not appear. */
export const canaryToken = 'canary'.padEnd(64, '0123456789abcdef')

/** Creates a client. Clients of one `sharedBackOff` share a `tokenKey` unless the test sets another. */
export function clientOn(steps: readonly Step[], options: Partial<AttioClientOptions> = {}) {
  const { fetch, sent } = scriptedFetch(...steps)
  const time = createVirtualTime()
  const { now, wait } = time
  const defaults = {
    accessToken: canaryToken,
    tokenKey: 'token',
    fetch,
    now,
    wait,
    random: () => 0,
  }
  return { client: createAttioClient({ ...defaults, ...options }), sent, time }
}
