// Adds a passkey, uses it in every way, and removes it again.
import { z } from 'zod'
import type { Browser } from '../../testing/in-process/http-browser.ts'
import {
  createAuthenticator,
  type Authenticator,
} from '../../testing/in-process/factors/software-authenticator.ts'
import { taskrOrigin } from '../../testing/in-process/testbed.ts'
import type { Recording } from './canary-record.ts'
import { assertIs, type Person } from './canary-steps.ts'

export async function usePasskeys(
  recording: Recording,
  { browser, password }: Person,
): Promise<void> {
  assertIs(await browser.post('/confirmation', { password }), 303)
  const authenticator = createAuthenticator(taskrOrigin)
  const options = await ask(browser, '/settings/passkeys/challenge')
  await recording.keepDatabase('with a challenge that waits')
  const response = authenticator.create(options)
  assertIs(await browser.post('/settings/passkeys', { name: 'A key', response: '{}' }), 401)
  assertIs(await browser.post('/settings/passkeys', { name: 'A key', response }), 410)
  const again = authenticator.create(await ask(browser, '/settings/passkeys/challenge'))
  assertIs(await browser.post('/settings/passkeys', { name: 'A key', response: again }), 200)
  const other = recording.browser()
  const signed = await sign(other, '/login/passkey/challenge', authenticator)
  assertIs(await recording.browser().post('/login/passkey', { response: signed }), 410)
  assertIs(await other.post('/login/passkey', { response: signed }), 303)
  await recording.world.clock.advance(11 * 60_000)
  const confirming = await sign(other, '/confirmation/passkey/challenge', authenticator)
  assertIs(await other.post('/confirmation/passkey', { response: confirming }), 200)
  const { body } = await other.get('/settings/passkeys')
  await recording.keepDatabase('with a passkey')
  const [path = ''] = /\/settings\/passkeys\/[\w-]{36}\/removal/.exec(body) ?? []
  assertIs(await other.post(path), 303)
}

async function sign(browser: Browser, path: string, authenticator: Authenticator): Promise<string> {
  return authenticator.sign(await ask(browser, path))
}

const askedSchema = z.object({ options: z.unknown() })

async function ask(browser: Browser, path: string): Promise<unknown> {
  const asked = await browser.post(path)
  assertIs(asked, 200)
  return askedSchema.parse(JSON.parse(asked.body)).options
}
