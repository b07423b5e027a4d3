// Scans everything in a recording and reports the secrets found in places that must not hold them.
import type { Recording, Sink } from './canary-record.ts'
import { createScanner } from '../../testing/in-process/canary-scan.ts'

/** The places that need a secret, and why. */
const exceptions = [
  {
    canary: 'session cookie',
    sink: 'set-cookie taskr_session',
    why: 'it is how the browser gets its session',
  },
  {
    canary: 'challenge cookie',
    sink: 'set-cookie taskr_passkey',
    why: 'it is what tells the browser that asked from every other',
  },
  {
    canary: 'sign-in cookie',
    sink: 'set-cookie taskr_sign_in',
    why: 'it is how the browser goes on with its log-in',
  },
  {
    canary: 'recovery code',
    sink: 'body of new codes',
    why: 'it is the only page that shows them',
  },
  {
    canary: 'flow cookie',
    sink: 'set-cookie attio_flow',
    why: 'it is what tells the browser that began from every other',
  },
  {
    canary: 'state',
    sink: 'location at Attio',
    why: 'Attio has to give it back (RFC 6749 §4.1.1)',
  },
  {
    canary: 'mailed link',
    sink: 'body behind a mailed link',
    why: 'its form gives it back, because opening a link changes nothing',
  },
  {
    canary: 'sign-on cookie',
    sink: 'set-cookie taskr_sign_on',
    why: 'it is what tells the browser that began from every other',
  },
  {
    canary: 'arrival cookie',
    sink: 'set-cookie taskr_arrival',
    why: 'it is what tells the browser of the person who arrived from every other',
  },
  {
    canary: 'state',
    sink: 'location at the provider',
    why: 'the provider has to give it back (RFC 6749 §4.1.1)',
  },
  {
    canary: 'nonce',
    sink: 'location at the provider',
    why: 'the provider has to sign it (OpenID Connect Core §3.1.2.1)',
  },
] as const

export interface Search {
  readonly leaks: readonly Leak[]
  /** Exceptions that matched nothing. They must be removed, because they could hide a leak. */
  readonly unused: readonly (typeof exceptions)[number][]
}

export interface Leak {
  readonly canary: string
  readonly encoding: string
  /** The kind of the sink. */
  readonly sink: string
  readonly where: string
}

export function findLeaks(recording: Recording): Search {
  const scanner = createScanner(recording.canaries())
  const used = new Set<(typeof exceptions)[number]>()
  const leaks = recording.sinks().flatMap((sink) =>
    scanner.scan(sink.bytes).flatMap(({ kind, encoding, at }): readonly Leak[] => {
      const exception = exceptions.find((one) => one.canary === kind && one.sink === sink.kind)
      if (exception === undefined) {
        return [{ canary: kind, encoding, sink: sink.kind, where: around(sink, at) }]
      }
      used.add(exception)
      return []
    }),
  )
  return { leaks, unused: exceptions.filter((one) => !used.has(one)) }
}

function around({ name, bytes }: Sink, at: number): string {
  return `${name}: …${bytes.toString('latin1', Math.max(0, at - 60), at + 80)}…`
}
