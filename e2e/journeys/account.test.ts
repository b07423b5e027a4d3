// Signing up, logging in, logging out, and a session that ends while a page is open.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { journeys } from '../../testing/browser/journeys.ts'
import { look } from '../../testing/browser/check-page.ts'
import { day } from '../../testing/browser/offset-clock.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import {
  enter,
  logIn,
  logOut,
  see,
  seeConnected,
  settleIn,
  showEveryone,
  signUp,
} from '../../testing/browser/account-steps.ts'
import { password } from '../../testing/in-process/testbed.ts'

journeys('accounts', (journey) => {
  journey(
    'a wrong password and an unknown username get the same message, and the form keeps its values',
    async ({ stage, javaScript }) => {
      const page = await stage.page()
      await signUp(page)
      await logOut(page)
      const said: string[] = []
      for (const username of ['jo', 'nobody']) {
        await logIn(page, username, 'not the right password')
        await page.getByRole('alert').waitFor()
        await look(page)
        said.push(await page.getByRole('alert').innerText())
        assert.equal(await page.getByLabel('Username').inputValue(), username)
        const kept = await page.getByLabel('Password', { exact: true }).inputValue()
        // Taskr never sends a password back, so only the script keeps it.
        assert.equal(kept, javaScript ? 'not the right password' : '')
      }
      assert.equal(said[0], 'Wrong username or password.')
      assert.equal(said[1], said[0])
      await logIn(page)
      await page.getByText('Signed in as jo').waitFor()
    },
  )

  journey(
    'sign-up with a taken username shows it beside the field, and another username works',
    async ({ stage }) => {
      await signUp(await stage.page())
      const page = await stage.page()
      await page.goto('/signup')
      await page.getByLabel('Email').fill('jo@acme.example')
      await enter(page, 'Sign up', 'JO', password)
      await page.getByText('That username is taken.').waitFor()
      await look(page)
      const field = page.getByLabel('Username')
      assert.equal(await field.getAttribute('aria-invalid'), 'true')
      // The only problem is read out with the field, which has the focus.
      assert.equal(await field.getAttribute('aria-describedby'), 'username-problem')
      assert.equal(await field.evaluate((one) => one === document.activeElement), true)
      assert.equal(await field.inputValue(), 'JO')
      assert.equal(await page.getByLabel('Email').inputValue(), 'jo@acme.example')
      await enter(page, 'Sign up', 'jo.doe', password)
      await page.getByText('Signed in as jo.doe').waitFor()
    },
  )

  journey('a form with only invalid fields shows a message for every field', async ({ stage }) => {
    const page = await stage.page()
    await page.goto('/signup')
    await page.getByLabel('Email').fill('not an address')
    await enter(page, 'Sign up', '<b>jo</b>', 'short')
    await page.getByRole('alert').waitFor()
    await look(page)
    assert.equal(await page.getByRole('alert').getByRole('link').count(), 3)
  })

  journey(
    'a session ends after eight unused days, and logging in leads back to the page',
    async ({ stage }) => {
      const page = await stage.page()
      await signUp(page)
      await page.goto('/settings')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await look(page)
      stage.clock.skip(8 * day)
      await page.goto('/events')
      await page.getByText('Your session ended.').waitFor()
      await look(page)
      await logIn(page)
      await page.getByRole('heading', { name: 'Events' }).waitFor()
      await look(page)
      assert.equal(new URL(page.url()).pathname, '/events')
    },
  )

  journey(
    'a session ended from another browser is logged out at once, and without JavaScript at the next click',
    async ({ stage, javaScript }) => {
      const page = await settled(stage)
      const phone = await stage.page()
      await phone.goto('/login')
      await logIn(phone)
      await phone.getByText('Signed in as jo').waitFor()
      await phone.goto('/settings')
      await look(phone)
      await phone.getByRole('button', { name: 'Log out everywhere else' }).click()
      await phone.getByText('1 session ended.').waitFor()

      if (!javaScript) await page.getByRole('button', { name: 'Sync now' }).click()
      await page.getByText('Your session ended.').waitFor()
      await logIn(page)
      await showEveryone(page)
      await see(page, page.getByText('Send Initech the revised quote'))
    },
  )

  journey('after logging out, going back shows nothing private', async ({ stage }) => {
    const page = await stage.page()
    await settleIn(page)
    await page.goto('/settings')
    const cookies = await page.context().cookies()
    await logOut(page)
    for (let steps = 0; steps < 3; steps++) {
      await page.goBack()
      await page.getByRole('heading', { name: /^(Log in|Every Attio task)/ }).waitFor()
      await nothingPrivate(page)
    }
    // The cookie from before does not work either.
    await page.context().addCookies(cookies)
    await page.goto('/settings')
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
  })

  journey(
    'a second click on Sign up during the first creates no second account',
    async ({ stage, javaScript }) => {
      const page = await stage.page()
      await page.goto('/signup')
      const pressedAgain = Promise.withResolvers<void>()
      let sent = 0
      await page.route('**/signup', async (route) => {
        sent += 1
        await pressedAgain.promise
        // Without JavaScript the browser cancels the first request.
        await route.continue().catch(() => undefined)
      })
      await page.getByLabel('Username').fill('jo')
      await page.getByLabel('Password', { exact: true }).fill(password)
      const button = await page.getByRole('button', { name: 'Sign up' }).boundingBox()
      assert.ok(button !== null)
      const press = () => page.mouse.click(button.x + 10, button.y + 10)
      await Promise.all([page.waitForRequest('**/signup'), press()])
      await press()
      pressedAgain.resolve()
      await page.getByText('Signed in as jo').waitFor()
      if (javaScript) assert.equal(sent, 1)
      const signUps = stage.logger.lines.filter((line) => line.includes('accounts.signed-up'))
      assert.equal(signUps.length, 1)
    },
  )

  journey(
    'a double click on Continue to Attio makes one authorization request',
    async ({ stage }) => {
      const page = await stage.page()
      await signUp(page)
      await page.getByRole('button', { name: 'Continue to Attio' }).dblclick()
      await page.getByRole('button', { name: /ada@acme\.example/ }).click()
      await page.getByRole('radio', { name: 'Acme Robotics' }).check()
      await page.getByRole('button', { name: 'Allow' }).dblclick()
      await seeConnected(page)
      assert.equal(stage.attio.control.world.accessTokens.all().length, 1)
    },
  )
})

async function nothingPrivate(page: Page): Promise<void> {
  const text = await page.locator('body').innerText()
  assert.doesNotMatch(text, /Signed in as|revised quote|Where you're logged in/)
}
