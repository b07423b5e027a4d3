// Turns two-step verification on, uses it in every way, and turns it off again.
import { codeAt } from '../../testing/in-process/factors/authenticator-app.ts'
import { recoveryCodesOn, secretOn } from '../../testing/in-process/factors/two-step.ts'
import type { Answer } from '../../testing/in-process/http-browser.ts'
import type { Recording } from './canary-record.ts'
import { assertIs, secretIn, type Person } from './canary-steps.ts'

export async function useTwoSteps(recording: Recording, jo: Person): Promise<void> {
  const { plant, world } = recording
  const { browser, password, username } = jo
  assertIs(await browser.post('/settings/two-step/set-up'), 303)
  const secret = plant('factor secret', secretOn(await browser.get('/settings/two-step')))
  await recording.keepDatabase('with a second factor that is being set up')
  assertIs(await browser.post('/settings/two-step', { code: secret }), 400)
  const on = await browser.post('/settings/two-step', { code: codeAt(secret, world.clock.now()) })
  const [first = '', second = ''] = plantCodes(recording, on)
  for (const page of ['/settings', '/settings/two-step', '/events']) {
    assertIs(await browser.get(page), 200)
  }
  const other = recording.browser()
  assertIs(await other.post('/login', { username, password }), 303)
  await recording.keepDatabase('with a log-in that waits for its code')
  assertIs(await other.get('/login/code'), 200)
  assertIs(await other.post('/login/code', { code: secret }), 401)
  assertIs(await other.post('/login/code', { code: first, password }), 400)
  assertIs(await other.post('/login/code', { code: first }), 303)
  await world.clock.advance(11 * 60_000)
  assertIs(await other.post('/settings/export/everything.json'), 303)
  const wrong = secretIn(plant, 'password')
  assertIs(await other.post('/confirmation', { password: wrong, code: second }), 403)
  assertIs(await other.post('/confirmation', { password, code: second }), 303)
  assertIs(await other.post('/settings/export/everything.json'), 200)
  plantCodes(recording, await other.post('/settings/two-step/recovery-codes'))
  await recording.keepDatabase('with a second factor')
  const code = codeAt(secret, world.clock.now())
  assertIs(await browser.post('/settings/two-step/ending', { password, code: first }), 403)
  assertIs(await browser.post('/settings/two-step/ending', { password, code }), 303)
}

/** Plants the codes of the page that shows them, as shown and as they are hashed. */
function plantCodes({ plant }: Recording, page: Answer): readonly string[] {
  assertIs(page, 200)
  const codes = recoveryCodesOn(page)
  for (const code of codes) plant('recovery code', code.replaceAll('-', ''))
  return codes.map((code) => plant('recovery code', code))
}
