// TK-01, TK-02, TK-03: no secret is anywhere that it does not have to be, in any encoding, after everything that people
// do and everything that goes wrong.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../app/database/for-tests.ts'
import { goEveryWay } from './attack/canary-journeys.ts'
import { record, type Recording, type Sink } from './attack/canary-record.ts'
import { createScanner } from './attack/canary-scan.ts'

/** Where a secret has to be, and why. */
const exceptions = [
  {
    canary: 'session cookie',
    sink: 'set-cookie taskr_session',
    why: 'it is how the browser gets its session',
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
] as const

const planted = [
  'access token',
  'client secret',
  'code',
  'code verifier',
  'flow cookie',
  'password',
  'sealing key',
  'session cookie',
  'state',
]

onEachEngine('canaries', (_, engine) => {
  test('TK-01 TK-02 TK-03 TK-04 OA-22 OA-24 no secret reaches a browser, a log or the database', async () => {
    const recording = await record(await engine.createMigratedUrl())
    try {
      await goEveryWay(recording)
      lookFor(recording)
    } finally {
      await recording.world.close()
    }
  })
})

function lookFor(recording: Recording): void {
  const canaries = recording.canaries()
  const kinds = new Set(canaries.map(({ kind }) => kind))
  for (const kind of planted) assert.ok(kinds.has(kind), `no ${kind} was planted`)
  const scanner = createScanner(canaries)
  const used = new Set<(typeof exceptions)[number]>()
  const leaks = recording.sinks().flatMap((sink) =>
    scanner.scan(sink.bytes).flatMap((hit) => {
      const exception = exceptions.find((one) => one.canary === hit.kind && one.sink === sink.kind)
      if (exception === undefined) return [`${hit.kind}, ${hit.encoding}: ${around(sink, hit.at)}`]
      used.add(exception)
      return []
    }),
  )
  assert.deepEqual([...new Set(leaks)].slice(0, 20), [])
  // An exception that nothing needs any more would hide a leak one day.
  assert.deepEqual(
    exceptions.filter((one) => !used.has(one)),
    [],
  )
  const sinkKinds = new Set(recording.sinks().map(({ kind }) => kind))
  for (const kind of ['body', 'log', 'database', 'header location'])
    assert.ok(sinkKinds.has(kind), kind)
}

function around({ name, bytes }: Sink, at: number): string {
  return `${name}: …${bytes.toString('latin1', Math.max(0, at - 60), at + 80)}…`
}
