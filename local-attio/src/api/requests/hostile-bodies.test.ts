import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { withMember } from '../examples/body-members.ts'
import { exampleCall } from '../examples/example-calls.ts'
import { createTestAttio, type TestAttio } from '../../for-tests.ts'
import type { OperationName } from '../operations/operations.ts'

const refusal = z.object({
  code: z.literal('validation_type'),
  validation_errors: z.array(z.object({ path: z.array(z.string()), message: z.string() })),
})

/** Sends a text that JSON.stringify would not write. */
async function send(attio: TestAttio, [method, path]: readonly [string, string], body: string) {
  const headers = { authorization: `Bearer ${attio.token}` }
  const response = await attio.fetch(`${attio.origin}${path}`, { method, headers, body })
  const json: unknown = await response.json()
  return { status: response.status, json }
}

const query = ['POST', '/v2/objects/people/records/query'] as const
const nested = (levels: number, [open, close] = ['[', ']']) =>
  `${open.repeat(levels)}"x"${close.repeat(levels)}`
const conditions = (levels: number) =>
  `{"filter":${'{"$not":'.repeat(levels)}{"name":"x"}${'}'.repeat(levels)}}`

suite('a body nests at most 200 levels', () => {
  test('a filter of 198 conditions within one another is answered, and a deeper one is refused', async () => {
    const attio = createTestAttio()
    assert.equal((await send(attio, query, conditions(198))).status, 200)
    for (const levels of [199, 3_000, 200_000]) {
      const { status, json } = await send(attio, query, conditions(levels))
      assert.equal(status, 400)
      assert.equal(
        refusal.parse(json).validation_errors[0]?.message,
        'The body is nested too deeply',
      )
    }
  })

  test('brackets in a text count for nothing, even after an escaped quotation mark', async () => {
    const attio = createTestAttio()
    const text = JSON.stringify(`"${'[{'.repeat(500)}\\`)
    assert.equal((await send(attio, query, `{"filter":{"name":${text}}}`)).status, 200)
  })

  test('the control API refuses a deeper one in its own words', async () => {
    const attio = createTestAttio()
    const body = `{"seed":${nested(5_000)}}`
    const { status, json } = await send(attio, ['POST', '/_control/reset'], body)
    assert.deepEqual([status, json], [400, { local_attio: 'The body is nested too deeply.' }])
  })

  test('the journal and its page show an exchange whose body is deeper', async () => {
    const attio = createTestAttio()
    await send(attio, query, nested(100_000))
    const [entry] = attio.control.journal.entries()
    assert.equal(entry?.body, '[nested too deeply]')
    assert.equal((await attio.call('GET', '/_control')).status, 200)
  })
})

suite('a member named "__proto__" is like any other unknown name', () => {
  const people = ['POST', '/v2/objects/people/records'] as const
  for (const [what, call, body] of [
    ['an attribute of a record', people, '{"data":{"values":{"__proto__":"x"}}}'],
    ['a member of a value', people, '{"data":{"values":{"name":{"__proto__":{"a":1}}}}}'],
    ['an attribute of a filter', query, '{"filter":{"__proto__":"x"}}'],
    ['a field of a filter', query, '{"filter":{"$not":{"name":{"__proto__":"x"}}}}'],
  ] as const) {
    test(`${what} is refused`, async () => {
      const attio = createTestAttio()
      const before = attio.control.world.records.size
      const { status, json } = await send(attio, call, body)
      assert.equal(status, 400)
      assert.match(refusal.parse(json).validation_errors[0]?.message ?? '', /'__proto__'/)
      assert.equal(attio.control.world.records.size, before)
    })
  }

  test('a member of an open object is ignored and named in the journal', async () => {
    const attio = createTestAttio()
    const { method, path, body } = exampleCall(attio, 'tasks.create')
    const text = JSON.stringify(body).replace('"data":{', '"data":{"__proto__":{"a":1},')
    assert.equal((await send(attio, [method, path], text)).status, 200)
    assert.deepEqual(attio.control.journal.entries().at(-1)?.ignoredMembers, ['data.__proto__'])
  })
})

suite('a problem names the type that was wanted and the one that was sent', () => {
  const cases: readonly (readonly [OperationName, string, unknown, string])[] = [
    ['tasks.create', 'data.content', 5, 'Expected string, received number'],
    ['tasks.create', 'data.is_completed', null, 'Expected boolean, received null'],
    ['records.create', 'data.values', [], 'Expected object, received array'],
    ['records.query', 'limit', 1.5, 'Expected integer, received float'],
    ['records.query', 'filter', 'x', 'Expected object, received string'],
  ]
  for (const [name, member, value, message] of cases) {
    test(`${name}: ${member}`, async () => {
      const attio = createTestAttio()
      const { method, path, body } = exampleCall(attio, name)
      const answer = await attio.call(method, path, withMember(body, member.split('.'), value))
      assert.equal(answer.status, 400)
      assert.equal(answer.as(refusal).validation_errors[0]?.message, message)
    })
  }

  test('a value in its short form is refused in the same way', async () => {
    const attio = createTestAttio()
    for (const [slug, value, message] of [
      ['name', 5, 'Expected string, received number'],
      ['condition', '3', 'Expected number, received string'],
      ['condition', 2.5, 'Expected integer, received float'],
    ] as const) {
      const data = { values: { [slug]: value } }
      const answer = await attio.call('POST', '/v2/objects/robots/records', { data })
      assert.equal(answer.as(refusal).validation_errors[0]?.message, message)
    }
  })
})

test('a page of another origin may call the API, and is told so before it does', async () => {
  const attio = createTestAttio()
  const answer = await attio.fetch(`${attio.origin}/v2/tasks`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://localhost:5173',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,content-type',
    },
  })
  assert.equal(answer.status, 204)
  assert.equal(answer.headers.get('access-control-allow-origin'), '*')
  assert.match(answer.headers.get('access-control-allow-methods') ?? '', /PATCH/)
  assert.equal(answer.headers.get('access-control-allow-headers'), 'authorization,content-type')
})

test('an empty text in a filter is not the number 0', async () => {
  const attio = createTestAttio()
  const count = async (filter: object) => {
    const answer = await attio.call('POST', '/v2/objects/robots/records/query', { filter })
    return answer.as(z.object({ data: z.array(z.unknown()) })).data.length
  }
  const robot = { data: { values: { name: 'Zero', serial_number: 'Z', condition: 0 } } }
  assert.equal((await attio.call('POST', '/v2/objects/robots/records', robot)).status, 200)
  assert.deepEqual([await count({ condition: '0' }), await count({ condition: '' })], [1, 0])
  assert.equal(await count({ condition: { $gte: ' ' } }), 0)
  assert.equal(await count({ condition: { $gte: '2' } }), 2)
})
