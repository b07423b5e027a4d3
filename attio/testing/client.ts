// A client on scripted answers and virtual time.
import { type AttioClientOptions, createAttioClient } from '../src/client.ts'
import { scriptedFetch, type Step } from './scripted-fetch.ts'
import { createVirtualTime } from './virtual-time.ts'

/** As long as Attio's tokens, and easy to find where it must not be. */
export const canaryToken = 'canary'.padEnd(64, '0123456789abcdef')

/** Clients of one `sharedBackOff` pause together: their `tokenKey` is the same unless a test says otherwise. */
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
