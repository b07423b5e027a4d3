import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { withMember } from '../examples/body-members.ts'
import { exampleCall } from '../examples/example-calls.ts'
import { createTestAttio } from '../../for-tests.ts'
import { operationEntries, type OperationName } from '../operations/operations.ts'
import { unsupportedOperations } from '../operations/unsupported.ts'
import { memberName } from './ignored-members.ts'

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

suite('a missing member that may have several shapes is "invalid", not "Required"', () => {
  const members: readonly (readonly [OperationName, ...(string | number)[]])[] = [
    ['records.search', 'request_as'],
    ['tasks.create', 'data', 'linked_records'],
    ['comments.create', 'data'],
    ['meetings.create', 'data', 'start'],
    ['meetings.create', 'data', 'end'],
    ['meetings.create', 'data', 'external_ref'],
    ['meetings.create', 'data', 'participants', 0, 'is_organizer'],
    ['webhooks.create', 'data', 'subscriptions', 0, 'filter'],
  ]
  const problem = z.object({ validation_errors: z.array(z.unknown()) })
  for (const [name, ...member] of members) {
    test(`${name}: ${memberName(member)}`, async () => {
      const attio = createTestAttio()
      const { method, path, body } = exampleCall(attio, name)
      const answer = await attio.call(method, path, withMember(body, member, undefined))
      assert.equal(answer.status, 400)
      assert.deepEqual(answer.as(problem).validation_errors, [
        { code: 'invalid', path: member, message: 'Invalid input' },
      ])
    })
  }
})

test('an address that Attio’s API lacks is a 404 with Attio’s words and headers', async () => {
  const attio = createTestAttio()
  for (const [method, path] of [
    ['GET', '/v2/objects/people/records'],
    ['PUT', '/v2/files'],
    ['GET', '/scim/v2/ServiceProviderConfig'],
    ['DELETE', '/scim/v2/Schemas'],
    ['POST', '/openapi/api'],
  ] as const) {
    const answer = await attio.call(method, path)
    assert.equal(answer.status, 404)
    const { message } = answer.as(z.object({ code: z.literal('not_found'), message: z.string() }))
    assert.equal(message, `Could not find endpoint "${method} ${path}".`)
    assert.ok(answer.headers.has('x-attio-execution-id'))
  }
})
