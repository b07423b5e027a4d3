// An open page updates without disturbing the person who works on it; a hidden page requests nothing.
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Browser, Locator, Page, Request } from 'playwright-core'
import {
  benInAttio,
  inAttio,
  openPart,
  openTask,
  pressCheckbox,
  quote,
  rowOf,
  said,
  tasksInAttio,
  textField,
} from '../../testing/browser/task-steps.ts'
import { launchChromium } from '../../testing/browser/chromium.ts'
import { createStage, type Stage } from '../../testing/browser/browser-testbed.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'

suite('an open page', () => {
  let chromium: Browser
  before(async () => {
    chromium = await launchChromium()
  })
  after(() => chromium.close())

  test('an open page updates while a task is half typed, and keeps its text, focus, selection and scroll position', () =>
    onList(async (page, stage) => {
      const field = page.getByLabel('Add a task')
      await field.fill('Half a thought')
      await field.evaluate((input: HTMLInputElement) => input.setSelectionRange(5, 8))
      const last = rowOf(page, 'Find out who owns this')
      await last.scrollIntoViewIfNeeded()
      const place = await last.boundingBox()
      await addInAttio(stage, page, 'Ring the bell', yesterday)
      assert.equal(await field.inputValue(), 'Half a thought')
      assert.equal(await hasFocus(field), true)
      assert.deepEqual(await selectionIn(field), [5, 8])
      assert.deepEqual(await last.boundingBox(), place)
      await field.press('Enter')
      await said(page).getByText('Added “Half a thought”').waitFor()
      assert.equal(await field.inputValue(), '')
    }))

  test('an open page keeps half-typed text when another task is completed', () =>
    onList(async (page) => {
      const field = page.getByLabel('Add a task')
      await field.fill('Half a thought')
      await pressCheckbox(page, quote)
      await said(page).getByText('Completed').waitFor()
      assert.equal(await field.inputValue(), 'Half a thought')
    }))

  test('an open page accepts the next checkbox while one is being saved, and sends none twice', () =>
    onList(async (page, stage) => {
      const gate = Promise.withResolvers<void>()
      const sent: string[] = []
      await page.route('**/completion', async (route) => {
        sent.push(route.request().url())
        await gate.promise
        await route.continue()
      })
      const texts = [quote, 'Renew the safety certificate']
      for (const text of texts) {
        const checkbox = await rowOf(page, text).locator('button').elementHandle()
        assert.ok(checkbox)
        await checkbox.focus()
        // The second press comes before the row has gone.
        await checkbox.evaluate((button: HTMLElement) => [button.click(), button.click()])
        await rowOf(page, text).waitFor({ state: 'hidden' })
      }
      gate.resolve()
      for (const text of texts) {
        await rowOf(page, text).waitFor({ state: 'detached' })
        await inAttio(stage, text, (task) => task?.isCompleted === true)
      }
      assert.equal(sent.length, 2)
      assert.equal(new Set(sent).size, 2)
    }))

  test('an open page keeps text typed while a task is being added', () =>
    onList(async (page) => {
      const field = page.getByLabel('Add a task')
      const gate = Promise.withResolvers<void>()
      await page.route('**/tasks', async (route) => {
        await gate.promise
        await route.continue()
      })
      await field.fill('The first of two')
      await field.press('Enter')
      await field.fill('The second')
      gate.resolve()
      await said(page).getByText('Added “The first of two”').waitFor()
      assert.equal(await field.inputValue(), 'The second')
      assert.equal(await hasFocus(field), true)
    }))

  test('the field is empty after a new task that was too long was shortened and added', () =>
    onList(async (page) => {
      const field = page.getByLabel('Add a task')
      await field.fill('x'.repeat(2_001))
      await page.getByRole('button', { name: 'Add the task' }).click()
      await page.getByText('Too long').waitFor()
      await field.fill('Shorter')
      await field.press('Enter')
      await said(page).getByText('Added “Shorter”').waitFor()
      assert.equal(await field.inputValue(), '')
    }))

  test('an open page keeps the text selection in a row, and the focused row', () =>
    onList(async (page, stage) => {
      await rowOf(page, quote).evaluate((row) => {
        const words = row.querySelector('.what a')?.firstChild
        if (words) getSelection()?.setBaseAndExtent(words, 5, words, 12)
      })
      const link = rowOf(page, quote).getByRole('link', { name: quote })
      await link.focus()
      await addInAttio(stage, page, 'Ring the bell')
      assert.equal(await page.evaluate(() => String(getSelection())), 'Initech')
      assert.equal(await hasFocus(link), true)
    }))

  test("the panel shows other people's changes, and keeps every edited field", () =>
    onList(async (page, stage) => {
      await openTask(page, quote)
      await openPart(page, 'Assignees')
      await page.getByRole('checkbox', { name: 'Ben Okafor' }).check()
      const text = await textField(page)
      await text.fill('Send Initech the')
      const [task] = tasksInAttio(stage, quote)
      assert.ok(task)
      const deadline = Date.UTC(2026, 11, 4, 14)
      benInAttio(stage).updateTask(task.id, { deadlineAt: deadline })
      await page.locator('#deadline summary').getByText('Fri 4 Dec').waitFor()
      assert.equal(await text.inputValue(), 'Send Initech the')
      assert.equal(await hasFocus(text), true)
      assert.equal(await page.getByLabel('Date', { exact: true }).inputValue(), '2026-12-04')
      await page.getByRole('button', { name: 'Save assignees' }).click()
      await inAttio(stage, quote, (now) => now?.assigneeIds.includes(ben) === true)
    }))

  test('the panel keeps typed text when its task is deleted, and closes once the text is withdrawn', () =>
    onList(async (page, stage) => {
      await openTask(page, quote)
      const text = await textField(page)
      await text.fill('Send Initech the')
      const [task] = tasksInAttio(stage, quote)
      assert.ok(task)
      const looked = page.waitForResponse((answer) => answer.status() === 404)
      benInAttio(stage).deleteTask(task.id)
      await looked
      assert.equal(await text.inputValue(), 'Send Initech the')
      await text.fill(quote)
      benInAttio(stage).addTask({ content: 'Anything', assigneeIds: [] })
      await page.getByRole('complementary', { name: 'Task' }).waitFor({ state: 'detached' })
      assert.equal(await rowOf(page, quote).count(), 0)
    }))

  test('a hidden page closes its event stream, and catches up when it is shown', () =>
    onList(async (page, stage) => {
      const asked = count(page)
      const ended = page.waitForEvent('requestfailed', isStream)
      await hide(page, true)
      await ended
      benInAttio(stage).addTask({ content: 'Ring the bell', assigneeIds: [] })
      const other = await page.context().newPage()
      await other.goto(page.url())
      await rowOf(other, 'Ring the bell').waitFor()
      assert.deepEqual(asked, { streams: 0, pages: 0 })
      await hide(page, false)
      await rowOf(page, 'Ring the bell').waitFor()
      // The other page holds the stream for both.
      assert.deepEqual(asked, { streams: 0, pages: 1 })
      await addInAttio(stage, page, 'And once more')
      await other.close()
    }))

  test('a reconnected event stream names the last received event, and the page misses nothing', () =>
    onList(async (page, stage) => {
      await addInAttio(stage, page, 'Before the break')
      const again = page.waitForRequest(
        async (request) =>
          isStream(request) && (await request.headerValue('last-event-id')) !== null,
      )
      await stage.restart()
      benInAttio(stage).addTask({ content: 'During the break', assigneeIds: [] })
      await again
      await rowOf(page, 'During the break').waitFor()
    }))

  async function onList(visit: (page: Page, stage: Stage) => Promise<void>): Promise<void> {
    const stage = await createStage(chromium, { javaScript: true })
    try {
      const page = await settled(stage, { viewport: { width: 900, height: 420 } })
      await visit(page, stage)
    } finally {
      await stage.close()
    }
  }
})

const ben = standard.members.benAtAcme
const yesterday = Date.UTC(2026, 10, 22, 12)

/** Another member adds a task, and the page shows it. */
async function addInAttio(
  stage: Stage,
  page: Page,
  content: string,
  deadlineAt: number | null = null,
): Promise<void> {
  benInAttio(stage).addTask({ content, deadlineAt })
  await rowOf(page, content).waitFor()
}

async function hasFocus(target: Locator): Promise<boolean> {
  return await target.evaluate((element) => element === document.activeElement)
}

async function selectionIn(field: Locator): Promise<readonly (number | null)[]> {
  return await field.evaluate((input: HTMLInputElement) => [
    input.selectionStart,
    input.selectionEnd,
  ])
}

function isStream(request: Request): boolean {
  return request.resourceType() === 'eventsource'
}

/** Collects the event streams and pages that the page requests from now on. */
function count(page: Page) {
  const asked = { streams: 0, pages: 0 }
  page.on('request', (request) => {
    if (isStream(request)) asked.streams += 1
    else if (request.resourceType() === 'fetch') asked.pages += 1
  })
  return asked
}

/** Hides the page, as another tab in front would: Chromium here shows every page. */
async function hide(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
}
