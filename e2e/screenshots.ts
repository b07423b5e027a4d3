// Takes screenshots of every page of the first visit, light and dark, wide and narrow:
//
//   node e2e/screenshots.ts <folder>
//
// Only those of the README, which show the task list:
//
//   node e2e/screenshots.ts docs --readme
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { standard } from '@taskr/local-attio'
import type { Page } from 'playwright-core'
import {
  openPart,
  openTask,
  quote,
  pressCheckbox,
  searchRecords,
  said,
  undo,
} from '../testing/browser/task-steps.ts'
import { launchChromium } from '../testing/browser/chromium.ts'
import { createStage, type Stage } from '../testing/browser/browser-testbed.ts'
import { minute } from '../testing/browser/offset-clock.ts'
import {
  connect,
  continueToAttio,
  enter,
  logIn,
  logOut,
  see,
  settleIn,
  showEveryTask,
  signUp,
} from '../testing/browser/account-steps.ts'
import { password, scopesWithNotes } from '../testing/in-process/testbed.ts'

const refusalOfAttio = {
  status_code: 400,
  type: 'invalid_request_error',
  code: 'validation_type',
  message: 'Only standard or custom object records can be linked.',
}
const [folder = 'screenshots', only] = process.argv.slice(2)
const looks = [
  { name: 'light-1280', colorScheme: 'light', viewport: { width: 1280, height: 860 } },
  { name: 'dark-1280', colorScheme: 'dark', viewport: { width: 1280, height: 860 } },
  { name: 'light-360', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'dark-360', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const
const pictures = [
  { name: 'taskr.png', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'taskr-dark.png', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'taskr-phone.png', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { name: 'taskr-phone-dark.png', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
] as const

await mkdir(folder, { recursive: true })
const chromium = await launchChromium()
for (const { name: look, ...options } of only === '--readme' ? [] : looks) {
  const stage = await createStage(chromium, { javaScript: true, scopes: scopesWithNotes })
  const page = await stage.page({ ...options, deviceScaleFactor: 1 })
  let number = 0
  await goTheWholeWay(stage, page, async (name) => {
    number += 1
    const file = `${String(number).padStart(2, '0')}-${name}.${look}.png`
    await page.screenshot({ path: join(folder, file) })
  })
  await stage.close()
}
if (only === '--readme') await takePicturesForReadme()
await chromium.close()

/** The tasks of an ordinary day, wide and narrow, light and dark. */
async function takePicturesForReadme(): Promise<void> {
  const stage = await createStage(chromium, { javaScript: true })
  const { world } = stage.attio.control
  const ordinary = /^[\p{Script=Latin}\p{Nd} “”’?.]+$/u
  const strange = world.tasks.all().filter(({ content }) => !ordinary.test(content))
  const dull = world.tasks.all().filter(({ content }) => /suspended|without a name/.test(content))
  world.transact(() => {
    for (const { id } of [...strange, ...dull]) world.tasks.remove(id)
  })
  const page = await stage.page()
  await settleIn(page)
  await page.goto('/integrations/attio/connect')
  await connect(page, { workspace: 'Globex' })
  await showEveryTask(page)
  await see(page, page.getByText('Invite Hank Scorpio'))
  for (const { name, ...look } of pictures) {
    await page.setViewportSize(look.viewport)
    await page.emulateMedia({ colorScheme: look.colorScheme })
    await page.reload()
    await page.getByText('Invite Hank Scorpio').waitFor()
    await page.screenshot({ path: join(folder, name) })
  }
  await stage.close()
}

/** Opens the line for a new task, which a phone folds into a button. */
async function openLine(page: Page): Promise<void> {
  const button = page.locator('button.add-open')
  if (await button.isVisible()) await button.click()
}

/** Two selected tasks that could not be changed, because the network answered instead of Taskr. */
async function takeUnchanged(page: Page, take: (name: string) => Promise<void>): Promise<void> {
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+ArrowDown')
  const other = { status: 200, contentType: 'text/html', body: '<p>Sign in to the network</p>' }
  await page.route('**/tasks/bulk', (route) => route.fulfill(other))
  await page.keyboard.press('e')
  await page.getByText('2 tasks not changed').waitFor()
  await take('not-changed')
  await page.unroute('**/tasks/bulk')
  await page.getByRole('button', { name: 'Dismiss' }).last().click()
}

async function goTheWholeWay(
  stage: Stage,
  page: Page,
  take: (name: string) => Promise<void>,
): Promise<void> {
  await page.goto('/')
  await take('welcome')
  await page.goto('/signup')
  await enter(page, 'Sign up', 'jo', 'short')
  await page.getByText('Use at least').waitFor()
  await take('sign-up-refused')
  await page.goto('/signup')
  await take('sign-up')
  await signUp(page)
  await take('connect-first')
  await page.getByRole('button', { name: 'Continue to Attio' }).click()
  await page.getByRole('button', { name: standard.people.ada.emailAddress }).waitFor()
  await take('attio-sign-in')
  await page.getByRole('button', { name: standard.people.ada.emailAddress }).click()
  await page.getByRole('button', { name: 'Allow' }).waitFor()
  await take('attio-consent')
  await page.getByRole('button', { name: 'Deny' }).click()
  await page.getByRole('heading', { name: 'Connection cancelled' }).waitFor()
  await take('denied')
  await page.goto('/')
  await connect(page)
  await see(page, page.getByText('Send Initech the revised quote'))
  await take('connected')
  await page.goto('/integrations/attio/connect')
  await take('connect-another')
  await connect(page, { workspace: 'Globex' })
  await showEveryTask(page)
  await see(page, page.getByText('Invite Hank Scorpio'))
  await take('everyone')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await take('row')
  await page.keyboard.press('i')
  await page.keyboard.type(', and say by when')
  await take('edit-text')
  await page.keyboard.press('Escape')
  await takeUnchanged(page, take)
  await page.keyboard.press('?')
  await take('keys')
  await page.keyboard.press('Escape')
  await openLine(page)
  await page.getByLabel('Add a task').fill('Ask Marta about the lease')
  await take('adding')
  await page.keyboard.press('Enter')
  await said(page).getByText('Added').waitFor()
  await take('added')
  await pressCheckbox(page, quote)
  await said(page).getByText('Completed').waitFor()
  await take('completed')
  await undo(page)
  await said(page).getByText('Undone.').waitFor()
  await take('undone')
  await openTask(page, quote)
  await take('task')
  await page.keyboard.press('E')
  await page.keyboard.type('They take it. Invoice in May.')
  await take('task-note')
  await page.getByRole('textbox', { name: 'Note' }).fill('')
  await openPart(page, 'Link a record')
  await page.getByLabel('Find a record').fill('hooli')
  await searchRecords(page)
  await page.getByRole('button', { name: 'Link Hooli' }).scrollIntoViewIfNeeded()
  await take('task-found')
  await page.goto('/?view=open&whose=everyone')
  const heal = stage.attio.control.faults.add({
    method: 'PATCH',
    path: '/v2/tasks/*',
    answer: { status: 400, body: refusalOfAttio },
  })
  await pressCheckbox(page, 'Ask Hooli who signs')
  await page.getByText('Attio said:').waitFor()
  await page.goto('/?view=open&whose=everyone')
  await take('refused')
  heal()
  await page.goto('/?view=upcoming')
  await take('upcoming')
  await page.goto('/?view=done&whose=everyone')
  await take('done')
  stage.attio.control.removeApp(stage.clientId, 'globex')
  stage.clock.skip(16 * minute)
  await page.goto('/')
  await see(page, page.getByText('Taskr lost access to Globex.'))
  await take('needs-reconnect')
  await page.getByRole('link', { name: /^Reconnect/ }).click()
  await continueToAttio(page, { workspace: 'Acme Robotics' })
  await page.getByRole('heading', { name: 'That’s another workspace' }).waitFor()
  await take('other-workspace')
  await page.goto('/connections')
  await page.getByText('Disconnect Globex…').click()
  await take('connections')
  // Waits until the confirmation of typing has gone.
  const typedAgain = page
    .getByLabel('Confirm your password', { exact: true })
    .filter({ visible: true })
  if ((await typedAgain.count()) > 0) await typedAgain.fill(password)
  await page.getByRole('button', { name: 'Disconnect Globex' }).click()
  await page.getByText('Disconnected Globex').waitFor()
  await take('disconnected')
  await page.goto('/settings')
  await take('settings')
  await page.goto('/events')
  await take('events')
  await page.goto('/nowhere')
  await take('not-found')
  await page.goto('/')
  await logOut(page)
  await take('logged-out')
  await logIn(page, 'jo', `${password}!`)
  await page.getByRole('alert').waitFor()
  await take('log-in-wrong')
}
