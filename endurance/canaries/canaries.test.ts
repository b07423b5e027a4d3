// TK-01, TK-02, TK-03: after a recording of every journey and every failure, each secret is found, in any encoding, only
// in the places that need it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { goEveryWay } from './canary-journeys.ts'
import { leakOnPurpose, leaked } from './canary-leaks.ts'
import { findLeaks } from './find-canaries.ts'
import { record } from './canary-record.ts'

const planted = [
  'ID token',
  'access token',
  'arrival cookie',
  'challenge cookie',
  'client secret',
  'code',
  'code verifier',
  'factor secret',
  'flow cookie',
  'mailed link',
  'nonce',
  'password',
  'recovery code',
  'sealing key',
  'session cookie',
  'sign-in cookie',
  'sign-on cookie',
  'state',
  'webhook key',
  'webhook secret',
]

onEachEngine('canaries', (_, engine) => {
  test('TK-01 TK-02 TK-03 TK-04 OA-22 OA-24 no secret reaches a browser, a log or the database', async () => {
    await using recording = await record(await engine.createMigratedUrl())
    await goEveryWay(recording)
    const kinds = new Set(recording.canaries().map(({ kind }) => kind))
    for (const kind of planted) assert.ok(kinds.has(kind), `no ${kind} was planted`)
    const sinks = new Set(recording.sinks().map(({ kind }) => kind))
    for (const kind of ['body', 'log', 'database', 'database files', 'header location'])
      assert.ok(sinks.has(kind), kind)
    const { leaks, unused } = findLeaks(recording)
    assert.deepEqual([...new Set(leaks.map(inWords))].slice(0, 20), [])
    assert.deepEqual(unused, [])
  })

  test('TK-04 a secret leaked on purpose is found in pages, addresses, cookies, logs, error reports and the database', async () => {
    await using recording = await record(await engine.createMigratedUrl())
    await leakOnPurpose(recording)
    const found = new Set(
      findLeaks(recording).leaks.map(({ canary, sink }) => `${canary}: ${sink}`),
    )
    assert.deepEqual(
      leaked.filter((leak) => !found.has(leak)),
      [],
    )
  })
})

function inWords({ canary, encoding, where }: ReturnType<typeof findLeaks>['leaks'][number]) {
  return `${canary}, ${encoding}: ${where}`
}
