import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { exampleCall } from '../examples/example-calls.ts'
import { createTestAttio } from '../../for-tests.ts'
import { operationEntries } from '../operations/operations.ts'
import { unsupportedOperations } from '../operations/unsupported.ts'

suite('every answer has the headers that recordings of Attio show', () => {
  const inaccurate = new Set(['self.identify', 'comments.delete'])
  for (const [name] of operationEntries) {
    test(name, async () => {
      const attio = createTestAttio()
      const { method, path, body } = exampleCall(attio, name)
      const { headers } = await attio.call(method, path, body)
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.match(headers.get('x-attio-execution-id') ?? '', /^[0-9a-f-]{36}$/)
      assert.equal(headers.has('x-accurate-at'), !inaccurate.has(name))
    })
  }
})

test('an unsupported operation is a 501 with the headers of any answer', async () => {
  const attio = createTestAttio()
  const explained = z.object({ local_attio: z.literal('not-supported'), operation: z.string() })
  for (const [method, path] of unsupportedOperations) {
    const address = path.replaceAll(/\{\w+\}/g, 'people')
    const answer = await attio.call(method, address, method === 'GET' ? undefined : {})
    assert.equal(answer.status, 501, `${method} ${path}`)
    assert.equal(answer.as(explained).operation, `${method} ${path}`)
    assert.equal(answer.headers.get('x-frame-options'), 'DENY')
    assert.ok(answer.headers.has('x-attio-execution-id'))
  }
})

test('a missing member that may have several shapes is "invalid", not "Required"', async () => {
  const attio = createTestAttio()
  const body = { query: 'grace', objects: ['people'] }
  const answer = await attio.call('POST', '/v2/objects/records/search', body)
  const problem = z.object({ validation_errors: z.array(z.unknown()) })
  assert.deepEqual(answer.as(problem).validation_errors, [
    { code: 'invalid', path: ['request_as'], message: 'Invalid input' },
  ])
})
