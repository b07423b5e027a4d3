import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTestAttio } from './for-tests.ts'

test('an aborted signal ends a request even after garbage collection', async () => {
  const attio = createTestAttio()
  attio.control.faults.add({ answer: { hang: true } })
  const giveUp = AbortSignal.timeout(50)
  const answer = attio.fetch(`${attio.origin}/v2/self`, { signal: giveUp })
  const refused = assert.rejects(answer, { name: 'TimeoutError' })
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    collectGarbage()
  }
  await refused
})

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  assert.ok(typeof gc === 'function')
  Reflect.apply(gc, undefined, [])
}
