// Logging in with a second step, and with a passkey of Chromium's virtual authenticator.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { enter, logIn, logOut, signUp } from '../../testing/browser/account-steps.ts'
import { look } from '../../testing/browser/check-page.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { codeAt } from '../../testing/in-process/factors/authenticator-app.ts'
import { password } from '../../testing/in-process/testbed.ts'

const halfMinute = 30_000

journeys('two steps and passkeys', (journey) => {
  journey(
    'a person turns on two-step verification, logs in with a code, and with a recovery code',
    async ({ stage }) => {
      const page = await stage.page()
      await signUp(page)
      await page.goto('/settings')
      await page.getByRole('link', { name: /^Two-step verification/ }).click()
      await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
      await page.getByRole('img', { name: 'QR code' }).waitFor()
      await page.getByText('Can’t scan it?').click()
      const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
      const typeCode = async (code: string, button: string) => {
        await page.getByLabel('Code', { exact: true }).fill(code)
        await page.getByRole('button', { name: button }).click()
      }
      await typeCode('000000', 'Turn on')
      await page.getByText('That code is wrong').waitFor()
      await typeCode(codeAt(secret, stage.clock.now()), 'Turn on')
      await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
      const codes = await page.getByRole('listitem').allInnerTexts()
      assert.equal(codes.length, 10)
      await page.getByRole('link', { name: 'I saved them' }).click()
      await page.getByText('10 codes left').waitFor()
      await logOut(page)

      stage.clock.skip(halfMinute)
      await page.goto('/settings')
      await logIn(page)
      await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
      await typeCode('000000', 'Log in')
      await page.getByText('That code is wrong').waitFor()
      assert.equal(await page.getByLabel('Code').getAttribute('aria-invalid'), 'true')
      await typeCode(codeAt(secret, stage.clock.now()), 'Log in')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.getByText('two-step verification is on').waitFor()
      await logOut(page)

      await page.goto('/login')
      await logIn(page)
      await typeCode((codes[0] ?? '').toUpperCase(), 'Log in')
      await page.getByText('Signed in as jo').waitFor()
      await turnOff(page, codes[1] ?? '')
    },
  )

  journey(
    'a person adds a passkey, logs in with it, confirms with it and removes it',
    async ({ stage, javaScript }) => {
      const page = await stage.page()
      await signUp(page)
      await page.goto('/settings')
      await page.getByRole('link', { name: /^Passkeys/ }).click()
      const add = page.getByRole('button', { name: 'Add a passkey' })
      if (!javaScript) {
        await page.getByText('Passkeys need JavaScript').waitFor()
        assert.equal(await add.isVisible(), false)
        return
      }
      await bringAuthenticator(page)
      await page.getByLabel('Name').fill('My laptop')
      await add.click()
      await page.getByText('Passkey added: My laptop.').waitFor()
      await look(page)
      await add.click()
      await page.getByText('This device has a passkey for you already.').waitFor()
      await logOut(page)

      await page.goto('/events')
      await page.getByRole('button', { name: 'Log in with a passkey' }).click()
      await page.getByRole('heading', { name: 'Events' }).waitFor()
      await page.getByText('by passkey').waitFor()

      stage.clock.skip(11 * 60_000)
      await page.goto('/settings/passkeys')
      await page.getByText('last used').waitFor()
      await page.getByLabel('Name').last().fill('Red & blue key')
      await add.click()
      await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor()
      await page.getByRole('button', { name: 'Use a passkey' }).click()
      await page.getByText('Confirmed. You can continue.').waitFor()
      assert.equal(await page.getByLabel('Name').last().inputValue(), 'Red & blue key')
      await page.getByRole('button', { name: 'Remove My laptop' }).click()
      await page.getByText('Passkey removed: My laptop.').waitFor()
      await logOut(page)

      await page.goto('/login')
      await page.getByRole('button', { name: 'Log in with a passkey' }).click()
      await page.getByText('That passkey doesn’t work here.').waitFor()
      await page.getByRole('button', { name: 'Log in with a passkey', disabled: false }).waitFor()
      await look(page)
      await enter(page, 'Log in', 'jo', password)
      await page.getByText('Signed in as jo').waitFor()
    },
    { host: 'localhost' },
  )
})

/** Gives the page's browser an authenticator that keeps passkeys and verifies its person without asking. */
async function bringAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function turnOff(page: Page, code: string): Promise<void> {
  await page.goto('/settings/two-step')
  await page.getByText('Turn off two-step verification').click()
  await page.getByLabel('Confirm your password', { exact: true }).fill(password)
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Turn off', exact: true }).click()
  await page.getByText('Two-step verification is off.', { exact: true }).waitFor()
}
