// Checks at start that notifications arrive. PgBouncer in transaction mode accepts LISTEN and then drops every
// notification without a word, so the check sends one over a second connection and waits for it on the first.
import { openListeningConnection } from './listening-connection.ts'

const probePrefix = 'probe:'
const arriveWithinMs = 2_000

export function isProbe(payload: string): boolean {
  return payload.startsWith(probePrefix)
}

export interface Probe {
  /** Must be called with every payload that the connection under test receives. */
  readonly heard: (payload: string) => void
  /** Returns true when the probe arrived, false when it was lost, and undefined when it could not be sent. */
  readonly send: (url: string, signal: AbortSignal) => Promise<boolean | undefined>
}

export function createProbe(id: string): Probe {
  const payload = probePrefix + id
  const arrived = Promise.withResolvers<true>()
  return {
    heard: (text) => {
      if (text === payload) arrived.resolve(true)
    },
    send: async (url, signal) => {
      try {
        const other = await openListeningConnection(url, { heard: () => {}, failed: () => {} })
        await other.notify(payload).finally(other.destroy)
      } catch {
        return undefined
      }
      const tooLate = AbortSignal.any([signal, AbortSignal.timeout(arriveWithinMs)])
      return await Promise.race([arrived.promise, whenAborted(tooLate)])
    },
  }
}

async function whenAborted(signal: AbortSignal): Promise<false> {
  const { promise, resolve } = Promise.withResolvers<false>()
  signal.addEventListener('abort', () => resolve(false), { once: true })
  if (signal.aborted) resolve(false)
  return await promise
}
