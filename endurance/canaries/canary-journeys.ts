// Does once everything that people can do with Taskr, and causes every failure, to record the traces that are left.
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../testing/in-process/http-browser.ts'
import { linkMailedTo, secretOf } from '../../testing/in-process/mail/kept-mail.ts'
import { connectionIdsIn } from '../../testing/in-process/page-text.ts'
import { changeAndHear } from './canary-changes.ts'
import { comeBackWrongly, meetBrokenDatabase, meetFailures } from './canary-failures.ts'
import type { Recording } from './canary-record.ts'
import { usePasskeys } from './canary-passkeys.ts'
import { useSingleSignOn } from './canary-sign-on.ts'
import { useTwoSteps } from './canary-two-step.ts'
import { approve, assertIs, beginning, secretIn, type Person } from './canary-steps.ts'

export async function goEveryWay(recording: Recording): Promise<void> {
  const jo = await enter(recording)
  await connectAndLook(recording, jo)
  await changeAndHear(recording, jo)
  await useMailedLinks(recording, jo)
  await useTwoSteps(recording, jo)
  await usePasskeys(recording, jo)
  await useSingleSignOn(recording)
  await comeBackWrongly(recording, jo)
  await meetFailures(recording, jo)
  await signOutAndResume(recording, jo)
  await leaveInEveryWay(recording, jo)
  await meetBrokenDatabase(recording, jo)
}

async function enter({ browser, plant }: Recording): Promise<Person> {
  const jo = { browser: browser(), username: 'jo', password: secretIn(plant, 'password') }
  const weak = plant('password', 'taskr1234567')
  const { username, password } = jo
  assertIs(await jo.browser.post('/signup', { username, password: weak }), 400)
  assertIs(await jo.browser.post('/signup', { username: '<b>', password }), 400)
  assertIs(await jo.browser.post('/signup', { username, password, timeZone: 'Asia/Tokyo' }), 303)
  const other = browser()
  assertIs(await other.post('/signup', { username, password }), 409)
  const wrong = secretIn(plant, 'password')
  assertIs(await other.post('/login', { username, password: wrong }), 401)
  assertIs(await other.post('/login', `username=jo&password=${password}&password=${wrong}`), 400)
  assertIs(await other.post('/login', { username, password: wrong, code: password }), 400)
  assertIs(await other.send(badlyTyped(password)), 415)
  await other.get(`/login?returnTo=${encodeURIComponent('/connections')}`)
  return jo
}

async function connectAndLook(recording: Recording, { browser }: Person): Promise<void> {
  const { world } = recording
  await browser.get(beginning)
  assertIs(await browser.get(await approve(recording, browser)), 303)
  await world.taskr.idle()
  for (const page of ['/', '/?view=open&whose=everyone', '/?view=done&whose=everyone', ...pages]) {
    assertIs(await browser.get(page), 200)
  }
  await browser.post('/tasks/refresh')
  await world.taskr.idle()
  await listen(recording, browser)
  await recording.keepDatabase('with a connection')
}

const pages = ['/connections', '/events', '/settings', beginning, '/healthz', '/readyz']

/** Confirms an address and resets the password, each by a mailed link, with the letters waiting in between. */
async function useMailedLinks(recording: Recording, jo: Person): Promise<void> {
  const { plant, world } = recording
  const address = 'jo@acme.example'
  const given = { emailAddress: address, addressPassword: jo.password }
  assertIs(await jo.browser.post('/settings/email-address', given), 303)
  await recording.keepDatabase('with a letter that waits')
  const confirmation = await linkMailedTo(world.taskr, address)
  const link = plant('mailed link', secretOf(confirmation))
  assertIs(await jo.browser.get(confirmation), 200)
  assertIs(await jo.browser.post('/email-address', { link }), 200)
  assertIs(await jo.browser.post('/forgotten-password', { emailAddress: address }), 200)
  await world.taskr.parts.accounts.answerResetRequests()
  await recording.keepDatabase('with a reset link that waits')
  const reset = await linkMailedTo(world.taskr, address)
  const secret = plant('mailed link', secretOf(reset))
  assertIs(await jo.browser.get(reset), 200)
  assertIs(await jo.browser.post('/password-reset', { link: secret, newPassword: 'jo' }), 400)
  const next = secretIn(plant, 'password')
  assertIs(await jo.browser.post('/password-reset', { link: secret, newPassword: next }), 303)
  jo.password = next
  assertIs(await jo.browser.post('/login', { username: jo.username, password: next }), 303)
  assertIs(await jo.browser.get('/settings'), 200)
}

async function signOutAndResume(recording: Recording, jo: Person): Promise<void> {
  const { browser, username, password } = jo
  const back = await approve(recording, browser, { workspace: 'globex' })
  assertIs(await browser.post('/logout'), 303)
  assertIs(await browser.get(back), 303)
  await recording.keepDatabase('with a code that waits')
  assertIs(await browser.get('/connections'), 303)
  assertIs(await browser.post('/login', { username, password }), 303)
  await browser.get('/integrations/attio/resume')
  assertIs(await browser.post('/integrations/attio/resume'), 303)
  assertIs(await browser.get('/'), 200)
  await recording.world.taskr.idle()
}

async function leaveInEveryWay(recording: Recording, jo: Person): Promise<void> {
  const { world, plant } = recording
  const { browser } = jo
  const [first = '', second = ''] = await connectionIdsIn(browser)
  const [one] = world.attio.control.world.accessTokens.all().map(({ id }) => id)
  const heal = world.attio.control.faults.add({
    path: '/oauth/revoke',
    answer: { status: 500, body: `cannot revoke ${one ?? ''}` },
  })
  await world.clock.advance(11 * 60_000)
  const wrong = secretIn(plant, 'password')
  assertIs(await browser.post(`/connections/${first}/disconnection`, { password: wrong }), 403)
  assertIs(
    await browser.post(`/connections/${first}/disconnection`, { password: jo.password }),
    303,
  )
  assertIs(await browser.get('/connections'), 200)
  await recording.keepDatabase('with a revocation that waits')
  heal()
  assertIs(await browser.get(await approve(recording, browser)), 303)
  await world.taskr.idle()
  assertIs(await browser.post(beginning, { connection: second }), 303)

  const next = secretIn(plant, 'password')
  const change = { username: 'jo', currentPassword: jo.password, newPassword: next }
  assertIs(await browser.post('/settings/password', { ...change, currentPassword: wrong }), 400)
  assertIs(await browser.post('/settings/password', { ...change, newPassword: 'jo' }), 400)
  assertIs(await browser.post('/settings/password', change), 303)
  jo.password = next
  await browser.post('/settings/time-zone', { timeZone: 'Europe/Berlin' })
  await browser.post('/settings/sessions/ending')

  const kim = { browser: recording.browser(), password: secretIn(plant, 'password') }
  assertIs(await kim.browser.post('/signup', { username: 'kim', password: kim.password }), 303)
  const kims = await approve(recording, kim.browser, {
    person: standard.people.edith.emailAddress,
    workspace: 'globex',
  })
  assertIs(await kim.browser.get(kims), 303)
  await world.taskr.idle()
  assertIs(await kim.browser.post('/settings/deletion', { password: wrong }), 400)
  assertIs(await kim.browser.post('/settings/deletion', { password: kim.password }), 303)

  world.attio.control.removeApp(world.clientId, 'acme')
  await world.clock.advance(16 * 60_000)
  for (const page of ['/', '/?view=open&whose=everyone', ...pages]) {
    assertIs(await browser.get(page), 200)
    await world.advanceUntil(world.taskr.idle())
  }
  await work(recording)
  await recording.keepDatabase('in the end')
  await recording.keepFiles('in the end')
  await world.restart()
  await recording.keepDatabase('after a restart')
}

/** Runs the background work: revocations, token checks, resealing. */
async function work({ world }: Recording): Promise<void> {
  world.taskr.startWorking()
  for (let turn = 0; turn < 200; turn++) {
    await world.clock.advance(1_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Reads an event stream, as an open page does, until a change arrives. */
async function listen(recording: Recording, browser: Browser): Promise<void> {
  const stop = new AbortController()
  const { world } = recording
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const stream = await world.taskr.fetch(
    new Request(`${world.config.publicUrl.origin}/tasks/live`, {
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'last-event-id': 'before' },
      signal: stop.signal,
    }),
  )
  const reader = stream.body?.getReader()
  const heard = await reader?.read()
  recording.keepHeard(Buffer.from(heard?.value ?? []))
  await reader?.cancel()
  stop.abort()
}

function badlyTyped(password: string): Request {
  return new Request('http://localhost:3050/login', {
    method: 'POST',
    body: JSON.stringify({ username: 'jo', password }),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  })
}
