// Turns two-step verification on in a browser, as a person does, and makes the codes of their app.
import assert from 'node:assert/strict'
import { codeAt } from './authenticator-app.ts'
import type { Answer, Browser } from '../http-browser.ts'
import type { World } from '../testbed.ts'

export interface TwoStep {
  /** In base 32. */
  readonly secret: string
  readonly recoveryCodes: readonly string[]
  /** Returns the app's code of now. */
  readonly code: () => string
}

/** Sets up the app and turns two-step verification on. The next code is new, since half a minute passes. */
export async function turnOnTwoStep(
  { clock }: Pick<World, 'clock'>,
  browser: Browser,
): Promise<TwoStep> {
  const begun = await browser.post('/settings/two-step/set-up')
  assert.equal(begun.location, '/settings/two-step', begun.body)
  const secret = secretOn(await browser.get('/settings/two-step'))
  const code = (): string => codeAt(secret, clock.now())
  const on = await browser.post('/settings/two-step', { code: code() })
  assert.equal(on.status, 200, on.body)
  await clock.advance(30_000)
  return { secret, code, recoveryCodes: recoveryCodesOn(on) }
}

/** Reads the key of the page that sets the app up. */
export function secretOn({ body }: Answer): string {
  return /class="key">([A-Z2-7 ]+)</.exec(body)?.[1]?.replaceAll(' ', '') ?? ''
}

export function recoveryCodesOn({ body }: Answer): readonly string[] {
  return [...body.matchAll(/<code>([0-9a-z-]{27})<\/code>/g)].map(([, code = '']) => code)
}
