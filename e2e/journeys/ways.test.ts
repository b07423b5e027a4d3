// The first visit again, shorter: with the keyboard alone, on a phone, and on each database.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { press, tabTo } from '../../testing/browser/keyboard.ts'
import { look } from '../../testing/browser/check-page.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import {
  connect,
  logIn,
  logOut,
  openAccountMenu,
  see,
  settleIn,
  showEveryTask,
} from '../../testing/browser/account-steps.ts'
import { password } from '../../testing/in-process/testbed.ts'

journeys('with the keyboard alone', (journey) => {
  journey('every control can be reached, and the focus is always visible', async ({ stage }) => {
    const page = await stage.page()
    const { keyboard } = page
    const link = (name: string) => page.getByRole('link', { name, exact: true })
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    await page.goto('/')
    await press(page, link('Skip to the content'))
    await press(page, link('Sign up'))
    await tabTo(page, page.getByLabel('Username'))
    await keyboard.type('jo')
    await tabTo(page, page.getByLabel('Password', { exact: true }))
    await keyboard.type(password)
    await keyboard.press('Enter')
    await press(page, button('Continue to Attio'))
    await press(page, button(standard.people.ada.emailAddress))
    await tabTo(page, page.getByRole('radio', { name: 'Acme Robotics' }))
    await keyboard.press('ArrowDown')
    assert.ok(await page.getByRole('radio', { name: 'Globex' }).isChecked())
    await press(page, button('Allow'))
    await page.getByText('Globex as Ada Byron').waitFor()
    await press(page, link('Dismiss'))
    await press(
      page,
      page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Open/ }),
    )
    await press(page, link('Everyone'))
    await see(page, page.getByText('Collect three references'))
    await press(page, button('Sync now'))
    await press(page, link('Connections'))
    await press(page, page.getByText('Disconnect Globex…'))
    await press(page, button('Disconnect Globex'))
    await page.getByText('Disconnected Globex').waitFor()
    await press(page, button('Log out'))
    await page.getByText("You're logged out.").waitFor()
  })
})

journeys('on a phone', (journey) => {
  journey('the first visit works on a touch screen', async ({ stage, javaScript }) => {
    const width = javaScript ? 360 : 320
    const size = { viewport: { width, height: 640 }, isMobile: true, hasTouch: true }
    const page = await stage.page(size)
    await settleIn(page)
    await look(page)
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Today' }).tap()
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await look(page)
    await openAccountMenu(page)
    await look(page)
    await page.getByRole('link', { name: 'Connections' }).tap()
    await page.getByText('Disconnect Acme Robotics…').tap()
    await look(page)
    await openAccountMenu(page)
    await page.getByRole('link', { name: 'Settings' }).tap()
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await look(page)
    await logOut(page)
  })
})

onEachEngine('each database', (_, engine) => {
  journeys(
    'the same way',
    (journey) => {
      journey(
        'a person connects, logs in after a restart, disconnects and connects again',
        async ({ stage }) => {
          const page = await settled(stage)
          await stage.restart()
          await page.reload()
          await page.getByText('Signed in as jo').waitFor()
          await page.getByText('Send Initech the revised quote').waitFor()
          const ada = { member: standard.people.ada.emailAddress, workspace: 'acme' }
          stage.attio.control.as(ada).addTask({ content: 'Written after the restart' })
          await page.getByRole('button', { name: 'Sync now' }).click()
          await see(page, page.getByText('Written after the restart'))
          await logOut(page)
          await logIn(page)
          await page.getByRole('link', { name: 'Connections' }).click()
          await page.getByText('Disconnect Acme Robotics…').click()
          await page.getByRole('button', { name: 'Disconnect Acme Robotics' }).click()
          await see(page, page.getByText('Attio confirmed'))
          await page.getByRole('link', { name: 'Connect Attio', exact: true }).last().click()
          await connect(page)
          await showEveryTask(page)
          await see(page, page.getByText('Written after the restart'))
        },
        { databaseUrl: () => engine.createMigratedUrl() },
      )
    },
    { concurrency: 1 },
  )
})
