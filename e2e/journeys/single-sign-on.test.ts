// Logging in through an identity provider on another site, in a browser that follows every redirect.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { connect, enter, logIn, logOut, reloadUntil } from '../../testing/browser/account-steps.ts'
import type { Stage } from '../../testing/browser/browser-testbed.ts'
import { look } from '../../testing/browser/check-page.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { hasScripts } from '../../testing/browser/without-scripts.ts'
import { minute } from '../../testing/browser/offset-clock.ts'
import type { Person } from '../../testing/identity-provider/identity-provider.ts'
import { password } from '../../testing/in-process/testbed.ts'

const jo: Person = {
  subject: 'jo-at-acme',
  email: 'jo@acme.example',
  isVerified: true,
  name: 'jo.doe',
}
const props = { hasIdentityProvider: true }

journeys('single sign-on', (journey) => {
  journey(
    'a new person chooses a name, is let in without it later, and disconnects after a new log-in there',
    async ({ stage }) => {
      arrivesAs(stage, jo)
      const page = await stage.page()
      await page.goto('/settings')
      await lookTwice(page)
      await continueWithAcme(page)
      await page.getByText('You’re jo@acme.example at Acme SSO.').waitFor()
      await lookTwice(page)
      assert.equal(await page.getByLabel('Username').inputValue(), 'jo.doe')
      await page.getByLabel('Username').fill('!')
      await page.getByRole('button', { name: 'Sign up' }).click()
      await page.getByRole('heading', { name: 'Sign up' }).waitFor()
      await lookTwice(page)
      await page.getByLabel('Username').fill('jo.doe')
      await page.getByRole('button', { name: 'Sign up' }).click()
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.getByText('You log in with Acme SSO as jo@acme.example.').waitFor()
      await lookTwice(page)
      await logOut(page)

      // The provider remembers the person, so no page stands between the button and the settings.
      await page.goto('/settings')
      await page.getByRole('button', { name: 'Log in with Acme SSO' }).click()
      await page.getByRole('heading', { name: 'Settings' }).waitFor()

      await page.goto('/')
      await connect(page)
      stage.clock.skip(11 * minute)
      await disconnectAfterLogIn(page)
    },
    props,
  )

  journey(
    'an account with the same address is linked after its password was given once',
    async ({ stage }) => {
      arrivesAs(stage, jo)
      const page = await stage.page()
      await signUpWithAddress(page, jo.email)
      await logOut(page)

      await page.goto('/settings')
      await continueWithAcme(page)
      await page.getByText('Log in with its password once to link them.').waitFor()
      await lookTwice(page)
      await logIn(page)
      await page.getByRole('heading', { name: 'Link Acme SSO' }).waitFor()
      await lookTwice(page)
      await page.getByRole('button', { name: 'Link' }).click()
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.getByText('You log in with Acme SSO as jo@acme.example.').waitFor()
      await logOut(page)

      await page.goto('/login')
      await page.getByRole('button', { name: 'Log in with Acme SSO' }).click()
      await page.getByText('Signed in as jo').waitFor()
    },
    props,
  )

  journey(
    'a refusal at the provider leads back to a page that says so, and to another try',
    async ({ stage }) => {
      arrivesAs(stage, jo)
      const page = await stage.page()
      await page.goto('/login')
      await page.getByRole('button', { name: 'Log in with Acme SSO' }).click()
      await page.getByRole('button', { name: 'Refuse' }).click()
      await page.getByRole('heading', { name: 'Log-in cancelled' }).waitFor()
      await lookTwice(page)
      await page.getByRole('link', { name: 'Back to log in' }).click()
      await continueWithAcme(page)
      await page.getByText('You’re jo@acme.example at Acme SSO.').waitFor()
    },
    props,
  )
})

function arrivesAs({ identityProvider }: Stage, person: Person): void {
  assert.ok(identityProvider !== undefined)
  identityProvider.person = person
}

/** Looks at the page on a laptop and on a phone. */
async function lookTwice(page: Page): Promise<void> {
  // Without scripts the same HTML is shown, so one size is enough.
  if (!hasScripts(page)) return await look(page)
  const wide = page.viewportSize()
  assert.ok(wide !== null)
  await page.setViewportSize({ ...wide, width: 360 })
  await look(page)
  await page.setViewportSize(wide)
  await look(page)
}

/** Presses the button and logs in at the provider. */
async function continueWithAcme(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log in with Acme SSO' }).click()
  await page.getByRole('button', { name: 'Continue as the person' }).click()
}

/** The account has no password, so the provider confirms who its person is. */
async function disconnectAfterLogIn(page: Page): Promise<void> {
  const open = async (): Promise<void> => {
    await page.goto('/connections')
    await page.getByText('Disconnect Acme Robotics…').click()
  }
  await open()
  await lookTwice(page)
  await page.getByRole('link', { name: 'Confirm it’s you' }).click()
  await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor()
  await lookTwice(page)
  await page.getByRole('button', { name: 'Log in again with Acme SSO' }).click()
  await page.getByRole('button', { name: 'Continue as the person' }).click()
  await page.getByText('Confirmed. You can continue.').waitFor()
  await open()
  await page.getByRole('button', { name: 'Disconnect Acme Robotics' }).click()
  await page.getByText('Disconnected Acme Robotics').waitFor()
}

async function signUpWithAddress(page: Page, emailAddress: string): Promise<void> {
  await page.goto('/signup')
  await page.getByLabel('Email').fill(emailAddress)
  await enter(page, 'Sign up', 'jo', password)
  await page.getByText('Signed in as jo').waitFor()
  await page.goto('/_mail')
  const letter = page.getByRole('link', { name: 'Confirm your email address for Taskr' })
  await reloadUntil(page, letter)
  await letter.click()
  await page.getByRole('link', { name: /\/email-address/ }).click()
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText(`Taskr writes to ${emailAddress}`).waitFor()
}
