import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { withMember } from '../examples/body-members.ts'
import { exampleCall, exampleCalls } from '../examples/example-calls.ts'
import { createTestAttio } from '../../for-tests.ts'
import { closedObjects } from './closed-objects.ts'
import { memberName, type MemberPath } from './ignored-members.ts'

/** Members whose keys are attributes or operators, and lists of values, which have a test of their own. */
const freeForm = new Set(['values', 'entry_values', 'constraints', 'template'])

/** The filter of a query is at the top of the body, that of a webhook is not. */
const isQuery = (path: MemberPath) => path.length === 0

/** Returns the path of every object in a body whose members Attio defines. */
function objectPaths(body: unknown, path: MemberPath = []): MemberPath[] {
  if (Array.isArray(body)) {
    return body.flatMap((item, index) => objectPaths(item, [...path, index]))
  }
  if (typeof body !== 'object' || body === null) return []
  const inner = Object.entries(body)
    .filter(([key]) => !freeForm.has(key) && !(isQuery(path) && key === 'filter'))
    .flatMap(([key, value]) => objectPaths(value, [...path, key]))
  return [path, ...inner]
}

async function callWith(isStrict: boolean, [name, path]: readonly [Name, MemberPath]) {
  const attio = createTestAttio({ strict: isStrict })
  const call = exampleCall(attio, name)
  const body = withMember(call.body, [...path, 'unknown_member'], 1)
  const { status } = await attio.call(call.method, call.path, body)
  const { ignoredMembers } = attio.control.journal.entries().at(-1) ?? {}
  return { status, ignoredMembers }
}

type Name = ReturnType<typeof exampleCalls>[number][0]

const cases = exampleCalls(createTestAttio()).flatMap(([name, { body }]) =>
  objectPaths(body).map((path) => [name, path] as const),
)

suite(
  'an unknown member is refused in a closed object and ignored and named in an open one',
  () => {
    for (const one of cases) {
      const [name, path] = one
      const object = memberName(path)
      test(`${name}: ${object === '' ? 'the body' : object}`, async () => {
        const isClosed = closedObjects[name]?.includes(object) ?? false
        const member = memberName([...path, 'unknown_member'])
        assert.deepEqual(
          await callWith(false, one),
          isClosed
            ? { status: 400, ignoredMembers: [] }
            : { status: 200, ignoredMembers: [member] },
        )
        assert.deepEqual(await callWith(true, one), { status: 400, ignoredMembers: [] })
      })
    }
  },
)

test('every object that the document closes is in an example call', () => {
  const seen = new Set(cases.map(([name, path]) => `${name} ${memberName(path)}`))
  for (const [name, objects] of Object.entries(closedObjects)) {
    for (const object of objects) assert.ok(seen.has(`${name} ${object}`), `${name} ${object}`)
  }
})

test('a query with "sort" instead of "sorts" is answered unsorted, and the journal reports "sort"', async () => {
  const attio = createTestAttio()
  const path = '/v2/objects/people/records/query'
  const body = { sort: [{ direction: 'asc', attribute: 'name' }] }
  assert.equal((await attio.call('POST', path, body)).status, 200)
  assert.deepEqual(attio.control.journal.entries().at(-1)?.ignoredMembers, ['sort'])
})
