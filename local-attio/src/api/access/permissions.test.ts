import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type Answer, type TestAttio } from '../../for-tests.ts'
import { standard } from '../../seed/standard.ts'
import { exampleCall } from '../examples/example-calls.ts'
import { operationEntries, type OperationName } from '../operations/operations.ts'

const error = z.object({ status_code: z.number(), code: z.string(), message: z.string() })
const guarded = operationEntries.filter(([name]) => name !== 'self.identify')

async function callExample(
  attio: TestAttio,
  name: OperationName,
  token: string | undefined = attio.token,
): Promise<Answer> {
  const { method, path, body } = exampleCall(attio, name)
  return attio.call(method, path, body, token)
}

function tokenWith(attio: TestAttio, scopes: readonly string[]): string {
  const { clientId } = attio
  const memberEmail = standard.people.ada.emailAddress
  return attio.issueAccessToken({ clientId, memberEmail, workspace: 'acme', scopes })
}

suite('every operation answers its example call', () => {
  for (const [name, { status = 200 }] of operationEntries) {
    test(name, async () => {
      const answer = await callExample(createTestAttio(), name)
      assert.equal(answer.status, status, JSON.stringify(answer.body))
    })
  }
})

suite('an operation is refused for each missing scope, and for no other scope', () => {
  for (const [name, operation] of guarded) {
    test(name, async () => {
      const attio = createTestAttio()
      const needed = [...operation.scopes, ...(exampleCall(attio, name).moreScopes ?? [])]
      for (const missing of needed) {
        const token = tokenWith(
          attio,
          needed.filter((scope) => scope !== missing),
        )
        const answer = await callExample(attio, name, token)
        assert.equal(answer.status, 403, `without ${missing}`)
        assert.ok(answer.as(error).message.includes(missing))
      }
      const answer = await callExample(attio, name, tokenWith(attio, needed))
      assert.equal(answer.status, operation.status ?? 200, JSON.stringify(answer.body))
    })
  }
})

suite('a read scope does not allow writing', () => {
  for (const [name, operation] of guarded) {
    if (!operation.scopes.some((scope) => scope.endsWith(':read-write'))) continue
    test(name, async () => {
      const attio = createTestAttio()
      const scopes = operation.scopes.map((scope) => scope.replace(':read-write', ':read'))
      assert.equal((await callExample(attio, name, tokenWith(attio, scopes))).status, 403)
    })
  }
})

suite('every operation refuses a missing, malformed, unknown or revoked token', () => {
  for (const [name] of guarded) {
    test(name, async () => {
      const attio = createTestAttio()
      const { method, path, body } = exampleCall(attio, name)
      const before = JSON.stringify(attio.control.save())
      const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) }
      const without = await attio.fetch(`${attio.origin}${path}`, init)
      assert.equal(without.status, 401)
      assert.match(error.parse(await without.json()).message, /header was not provided/)
      for (const [token, message] of [
        ['short', /wrong length/],
        ['x'.repeat(65), /wrong length/],
        ['f'.repeat(64), /could not be found/],
      ] as const) {
        const answer = await attio.call(method, path, body, token)
        assert.equal(answer.status, 401)
        assert.match(answer.as(error).message, message)
      }
      assert.equal(JSON.stringify(attio.control.save()), before)
      attio.control.removeApp(attio.clientId, 'acme')
      const revoked = await attio.call(method, path, body)
      assert.equal(revoked.status, 401)
      assert.match(revoked.as(error).message, /could not be found/)
    })
  }
})

suite('no operation shows or changes data of another workspace', () => {
  for (const [name] of guarded) {
    test(name, async () => {
      const attio = createTestAttio()
      const { method, path, body } = exampleCall(attio, name)
      const { clientId } = attio
      const memberEmail = standard.people.edith.emailAddress
      const foreign = attio.issueAccessToken({ clientId, memberEmail, workspace: 'globex' })
      const before = ofAcme(attio)
      const answer = await attio.call(method, path, body, foreign)
      const speaksOfAcme = JSON.stringify(answer.body).includes(standard.workspaces.acme.id)
      assert.equal(speaksOfAcme, false)
      const [address = ''] = path.split('?')
      if (/\d{8}-\d{4}/.test(address)) assert.notEqual(answer.status, 200)
      assert.equal(ofAcme(attio), before)
    })
  }
})

/** Returns every document of Acme Robotics as text. */
function ofAcme({ control: { world } }: TestAttio): string {
  const belongs = z.object({ workspaceId: z.literal(standard.workspaces.acme.id) })
  return JSON.stringify(
    world.collections.map((collection) =>
      [...collection.all()].filter((document) => belongs.safeParse(document).success),
    ),
  )
}

test('a token is accepted as the user name of Basic authentication', async () => {
  const attio = createTestAttio()
  const authorization = `Basic ${Buffer.from(`${attio.token}:`).toString('base64')}`
  const answer = await attio.fetch(`${attio.origin}/v2/self`, { headers: { authorization } })
  assert.match(await answer.text(), /"active":true/)
})

test('identify answers 200 for dead tokens and 400 for malformed ones', async () => {
  const attio = createTestAttio()
  const self = async (token: string) => attio.call('GET', '/v2/self', undefined, token)
  assert.deepEqual((await self('f'.repeat(64))).body, { active: false })
  assert.equal((await self('short')).status, 400)
  assert.equal((await self('short')).as(error).code, 'missing_value')
  assert.equal((await attio.fetch(`${attio.origin}/v2/self`)).status, 400)
})

test('an unknown endpoint is named in its 404', async () => {
  const attio = createTestAttio()
  const answer = await attio.call('GET', '/v2/objects/companies/records')
  assert.equal(answer.status, 404)
  assert.equal(
    answer.as(error).message,
    'Could not find endpoint "GET /v2/objects/companies/records".',
  )
})

test('the answer of an unsupported operation is distinct from every answer of Attio', async () => {
  const attio = createTestAttio()
  for (const path of ['/v2/activities', '/v2/files', '/scim/v2/Users']) {
    const answer = await attio.call('GET', path)
    assert.equal(answer.status, 501)
    assert.equal(answer.as(z.object({ local_attio: z.string() })).local_attio, 'not-supported')
  }
})
