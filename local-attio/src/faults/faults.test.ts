import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import { createTestAttio, grantCode, tokenForm, authorizeUrl } from '../for-tests.ts'
import { standard } from '../seed/standard.ts'
import { startLocalAttio } from '../start.ts'

const tasks = '/v2/tasks?limit=1'

test('a fault answers with its status in Attio’s shape, up to its count', async () => {
  const attio = createTestAttio()
  attio.control.faults.add({ path: '/v2/tasks', count: 2, answer: { status: 401 } })
  const statuses = []
  for (let turn = 0; turn < 3; turn += 1) statuses.push((await attio.call('GET', tasks)).status)
  assert.deepEqual(statuses, [401, 401, 200])
})

test('a fault can answer with HTML, and ends after its time', async () => {
  const attio = createTestAttio()
  const answer = { status: 500, body: '<h1>Oops</h1>' }
  attio.control.faults.add({ path: '/v2/*', ttlMs: 1000, answer })
  const broken = await attio.call('GET', tasks)
  assert.equal(broken.status, 500)
  assert.match(broken.headers.get('content-type') ?? '', /text\/html/)
  await attio.control.clock.advance(1000)
  assert.equal((await attio.call('GET', tasks)).status, 200)
})

test('the same seed selects the same requests', async () => {
  const run = async (seed: number) => {
    const attio = createTestAttio()
    attio.control.faults.add({ probability: 0.5, seed, answer: { status: 503 } })
    const met = []
    for (let turn = 0; turn < 20; turn += 1) met.push((await attio.call('GET', tasks)).status)
    return met.join()
  }
  assert.equal(await run(7), await run(7))
  assert.notEqual(await run(7), await run(8))
})

test('a reset before the commit has no effect, and a reset after it has one', async () => {
  const attio = createTestAttio()
  const id = attio.control
    .as({ member: standard.people.ada.emailAddress, workspace: 'acme' })
    .addTask({ content: 'Twice' }).id
  const complete = () => attio.call('PATCH', `/v2/tasks/${id}`, { data: { is_completed: true } })
  attio.control.faults.add({ count: 1, answer: { reset: 'before-commit' } })
  await assert.rejects(complete(), TypeError)
  assert.equal(attio.control.world.tasks.get(id)?.isCompleted, false)
  attio.control.faults.add({ count: 1, answer: { reset: 'after-commit' } })
  await assert.rejects(complete(), TypeError)
  assert.equal(attio.control.world.tasks.get(id)?.isCompleted, true)
})

test('a hang ends when the client aborts', async () => {
  const attio = createTestAttio()
  attio.control.faults.add({ answer: { hang: true } })
  const signal = AbortSignal.timeout(5)
  await assert.rejects(attio.fetch(`${attio.origin}${tasks}`, { signal }), { name: 'TimeoutError' })
})

test('a client can abort a body of a hundred megabytes', async () => {
  const attio = createTestAttio()
  attio.control.faults.add({ answer: { bodyBytes: 100 * 1024 * 1024 } })
  const response = await attio.fetch(`${attio.origin}${tasks}`)
  const reader = response.body?.getReader()
  const first = await reader?.read()
  assert.ok((first?.value?.length ?? 0) > 0)
  await reader?.cancel()
})

test('latency is measured on the local Attio’s clock', async () => {
  const attio = createTestAttio()
  attio.control.clock.freeze()
  attio.control.faults.add({ answer: { latencyMs: 60_000 } })
  let isAnswered = false
  const answer = attio.call('GET', tasks).then((one) => {
    isAnswered = true
    return one
  })
  await attio.control.clock.advance(59_999)
  assert.equal(isAnswered, false)
  await attio.control.clock.advance(1)
  assert.equal((await answer).status, 200)
})

test('AS-14 the answer of the consent page can be tampered with', async () => {
  const attio = createTestAttio()
  const url = authorizeUrl(attio)
  const headers = { 'sec-fetch-site': 'same-origin' }
  const signedIn = await attio.fetch(`${attio.origin}/sign-in`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ person: standard.people.ada.id }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const allow = async (redirect: Record<string, string | null>) => {
    attio.control.faults.add({ path: '/authorize', count: 1, answer: { redirect } })
    const body = new URLSearchParams({
      workspace: standard.workspaces.acme.id,
      decision: 'allow',
    })
    const answer = await attio.fetch(url, { method: 'POST', headers: { ...headers, cookie }, body })
    return new URL(answer.headers.get('location') ?? '').searchParams
  }
  assert.equal((await allow({ state: null })).has('state'), false)
  assert.equal((await allow({ state: 'wrong' })).get('state'), 'wrong')
  assert.equal((await allow({ iss: 'https://evil.example' })).get('iss'), 'https://evil.example')
})

test('AS-14 the token endpoint can answer anything', async () => {
  const attio = createTestAttio()
  const ask = async () => attio.post('/oauth/token', tokenForm(attio, grantCode(attio)))
  const { faults } = attio.control
  const once = (answer: Parameters<typeof faults.add>[0]['answer']) =>
    faults.add({ path: '/oauth/token', count: 1, answer })
  once({ body: {} })
  assert.deepEqual((await ask()).body, {})
  once({ shape: 'strings' })
  assert.equal((await ask()).status, 200)
  once({ status: 302, headers: { location: 'https://evil.example/' } })
  assert.equal((await ask()).headers.get('location'), 'https://evil.example/')
  for (const retryAfter of ['date', 'seconds', 'garbage', 'absent'] as const) {
    once({ status: 429, retryAfter })
    const answer = await ask()
    assert.equal(answer.status, 429)
    assert.equal(answer.headers.has('retry-after'), retryAfter !== 'absent')
  }
  once({ truncate: 10 })
  await assert.rejects(ask())
})

test('on a socket, too, connections break, answers stop midway and requests hang', async () => {
  const attio = await startLocalAttio({ port: 0 })
  try {
    const { faults } = attio.control
    const ask = async (signal?: AbortSignal) =>
      fetch(`${attio.url}/v2/self`, signal ? { signal } : {})
    faults.add({ count: 1, answer: { reset: 'before-commit' } })
    await assert.rejects(ask(), TypeError)
    faults.add({ count: 1, answer: { truncate: 5 } })
    await assert.rejects(async () => (await ask()).text(), TypeError)
    faults.add({ count: 1, answer: { hang: true } })
    const patience = new AbortController()
    const hanging = ask(patience.signal)
    while (attio.control.journal.count({ path: '/v2/self' }) < 3) await nextTurn()
    patience.abort()
    await assert.rejects(hanging, { name: 'AbortError' })
    assert.equal((await ask()).status, 400)
  } finally {
    await attio.stop()
  }
})

test('the journal records requests and answers without secrets', async () => {
  const attio = createTestAttio()
  const code = grantCode(attio)
  const answer = await attio.post('/oauth/token', tokenForm(attio, code))
  const { access_token: token } = answer.as(z.object({ access_token: z.string() }))
  await attio.call('GET', tasks, undefined, token)
  const { journal } = attio.control
  assert.equal(journal.count({ path: '/oauth/token' }), 1)
  assert.equal(journal.takeRequest({ path: '/oauth/token' })?.status, 200)
  assert.equal(journal.takeRequest({ path: '/oauth/token' }), undefined)
  const text = JSON.stringify(journal.entries())
  for (const secret of [code, token, attio.clientSecret]) assert.equal(text.includes(secret), false)
  assert.match(text, /tasks\.list/)
})

test('a fault that cannot change an answer leaves it as it is', async () => {
  const attio = createTestAttio()
  const { faults } = attio.control
  faults.add({ answer: { redirect: { state: null } } })
  const toSignIn = await attio.fetch(authorizeUrl(attio))
  assert.equal(toSignIn.status, 303)
  assert.match(toSignIn.headers.get('location') ?? '', /^\/sign-in\?/)
  faults.clear()
  faults.add({ answer: { shape: 'strings' } })
  const page = await attio.fetch(`${attio.origin}/`)
  assert.match(await page.text(), /<!doctype html>/)
})

test('a fault answers with any status that has no body', async () => {
  const attio = createTestAttio()
  for (const status of [204, 205, 304]) {
    attio.control.faults.add({ count: 1, answer: { status } })
    const answer = await attio.call('GET', tasks)
    assert.deepEqual([answer.status, answer.body], [status, ''])
  }
})
