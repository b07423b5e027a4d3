// Signs a person up through the identity provider, confirms who they are there, and comes back wrongly.
import { taskrOrigin } from '../../testing/in-process/testbed.ts'
import type { Browser } from '../../testing/in-process/http-browser.ts'
import type { Recording } from './canary-record.ts'
import { assertIs } from './canary-steps.ts'

export async function useSingleSignOn(recording: Recording): Promise<void> {
  const { provider, world } = recording
  const browser = recording.browser()
  provider.person = { subject: 'kai', email: 'kai@acme.example', isVerified: true, name: 'kai' }
  const first = await wayBack(recording, browser, '/login/single-sign-on')
  await recording.keepDatabase('with a log-in that is at the provider')
  assertIs(await recording.browser().get(first), 404)
  assertIs(await browser.get(`${first}&code=another`), 403)
  const back = await wayBack(recording, browser, '/login/single-sign-on')
  assertIs(await browser.get(back), 303)
  await recording.keepDatabase('with a person who has arrived')
  assertIs(await browser.get('/signup/single-sign-on'), 200)
  assertIs(await browser.post('/signup/single-sign-on', { username: '!' }), 400)
  assertIs(await browser.post('/signup/single-sign-on', { username: 'kai' }), 303)
  assertIs(await browser.get(back), 404)
  await world.clock.advance(11 * 60_000)
  assertIs(await browser.post('/settings/export/everything.json'), 303)
  assertIs(await browser.get('/confirmation'), 200)
  provider.tamper = (token) => ({ ...token, claims: { ...token.claims, auth_time: 0 } })
  assertIs(
    await browser.get(await wayBack(recording, browser, '/confirmation/single-sign-on')),
    403,
  )
  const seconds = Math.floor(world.clock.now() / 1_000)
  provider.tamper = (token) => ({ ...token, claims: { ...token.claims, auth_time: seconds } })
  const confirmed = await wayBack(recording, browser, '/confirmation/single-sign-on')
  await recording.keepDatabase('with a confirmation that is at the provider')
  assertIs(await browser.get(confirmed), 303)
  provider.tamper = undefined
  assertIs(await browser.post('/settings/export/everything.json'), 200)
  assertIs(await browser.get('/events'), 200)
  await recording.keepDatabase('with a person of the provider')
}

/** Begins at an address, and lets the person log in at the provider. */
async function wayBack(
  { plant, provider }: Recording,
  browser: Browser,
  path: string,
): Promise<string> {
  const begun = await browser.post(path, { returnTo: '/settings' })
  assertIs(begun, 303)
  const back = await provider.logIn(begun.location ?? '')
  plant('code', new URL(back, taskrOrigin).searchParams.get('code') ?? '')
  return back
}
