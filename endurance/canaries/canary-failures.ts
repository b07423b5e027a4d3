// The failures that a recording includes: malformed and hostile callbacks, a failing Attio, a broken database.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { FaultAnswer } from '@taskr/local-attio'
import type { Recording } from './canary-record.ts'
import { approve, assertIs, callback, secretIn, type Person } from './canary-steps.ts'

export async function comeBackWrongly(recording: Recording, { browser }: Person): Promise<void> {
  const { world } = recording
  const stranger = recording.browser()
  const back = await approve(recording, browser)
  await recording.keepDatabase('with a request under way')
  const { search } = new URL(back, 'http://taskr')
  for (const wrong of [
    `${callback}${search}&code=again`,
    `${callback}${search}&state=again`,
    `${callback}?code=${recording.plant('code', randomBytes(24).toString('hex'))}`,
    `${callback}${search.replace(/state=.{4}/, 'state=XXXX')}`,
  ]) {
    assertIs(await browser.get(wrong), 400)
    assertIs(await stranger.get(wrong), 400)
  }
  assertIs(await stranger.get(back), 400)
  assertIs(await browser.post(callback, search.slice(1)), 405)
  assertIs(await browser.post(`${callback}${search}`), 405)
  assertIs(
    await browser.send(new Request(world.config.publicUrl.origin + back, { method: 'HEAD' })),
    405,
  )
  assertIs(await browser.get(`${back}&iss=https://evil.example`), 400)
  assertIs(await browser.get(back), 400)
  assertIs(await browser.get(await approve(recording, browser, { decision: 'deny' })), 403)
  const old = await approve(recording, browser)
  await world.clock.advance(11 * 60_000)
  assertIs(await browser.get(old), 400)
  await browser.get(`/nowhere${search}`)
}

/** Makes Attio fail in every way it can, with answers that echo the requests they refuse. */
export async function meetFailures(recording: Recording, { browser }: Person): Promise<void> {
  const { world, plant } = recording
  const { faults } = world.attio.control
  const secret = world.config.attio.clientSecret.reveal()
  const unread = (): string => secretIn(plant, 'access token')
  const tokenAnswers: readonly ((code: string) => FaultAnswer)[] = [
    (code) => ({ status: 500, body: `<h1>${secret} ${code}</h1>` }),
    (code) => ({ status: 400, body: { error: 'invalid_grant', error_description: code + secret } }),
    (code) => ({ status: 401, body: { error: 'invalid_client', error_description: secret, code } }),
    () => ({ status: 200, body: { access_token: [unread()], token_type: 'Bearer' } }),
    () => ({ status: 200, body: { access_token: unread(), token_type: 'mac' } }),
    () => ({ status: 200, body: `access_token=${unread()}` }),
    (code) => ({ status: 302, headers: { location: `https://evil.example/?${code}${secret}` } }),
    () => ({ status: 429 }),
    () => ({ reset: 'before-commit' }),
    () => ({ reset: 'after-commit' }),
  ]
  for (const answer of tokenAnswers) {
    const back = await approve(recording, browser)
    const code = new URL(back, 'http://taskr').searchParams.get('code') ?? ''
    const heal = faults.add({ path: '/oauth/token', answer: answer(code) })
    const got = await world.advanceUntil(browser.get(back))
    assert.notEqual(got.status, 303)
    heal()
    await world.clock.advance(60_000)
  }
  const [token = ''] = world.attio.control.world.accessTokens.all().map(({ id }) => id)
  for (const answer of [
    { status: 500, body: `<p>${token}</p>` },
    { status: 403, body: { code: token, message: `Bearer ${token}`, status_code: 403 } },
    { status: 429, headers: { 'x-token': token } },
    { shape: 'strings' },
    { truncate: 20 },
    { reset: 'before-commit' },
  ] as const satisfies readonly FaultAnswer[]) {
    const heal = faults.add({ path: '/v2/*', answer })
    const back = await approve(recording, browser, { workspace: 'globex' })
    assert.notEqual((await world.advanceUntil(browser.get(back))).status, 303)
    await world.clock.advance(16 * 60_000)
    assertIs(await browser.get('/?view=open&whose=everyone'), 200)
    await world.advanceUntil(world.taskr.idle())
    await browser.get('/')
    heal()
    await world.clock.advance(16 * 60_000)
  }
}

export async function meetBrokenDatabase(recording: Recording, jo: Person): Promise<void> {
  const { browser, username, password } = jo
  const back = await approve(recording, browser)
  await recording.breakDatabase()
  assertIs(await browser.get(back), 500)
  assertIs(await browser.post('/settings/password', { ...twice(password), username }), 500)
  assertIs(await browser.post('/logout'), 303)
  const other = recording.browser()
  assertIs(await other.post('/login', { username, password }), 500)
  assertIs(await other.post('/signup', { username: 'lee', password }), 500)
  await recording.keepDatabase('broken')
}

function twice(password: string): Readonly<Record<string, string>> {
  return { currentPassword: password, newPassword: `${password}!` }
}
