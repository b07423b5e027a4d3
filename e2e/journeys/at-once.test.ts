// What a key or a click does is shown before Taskr answers, and nothing on a page moves while it loads.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { see } from '../../testing/browser/account-steps.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { openPart, quote, rowOf, said } from '../../testing/browser/task-steps.ts'

journeys('at once', (journey) => {
  journey('67 undo shows the task before Taskr answers', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    await focusRow(page, quote)
    await page.keyboard.press('e')
    await rowOf(page, quote).waitFor({ state: 'detached' })
    const undoing = await hold(page, '**/changes/undoing')
    await page.keyboard.press('z')
    await see(page, rowOf(page, quote))
    assert.equal(await said(page).getByText('Completed').count(), 0)
    undoing.release()
    await see(page, said(page).getByText('Undone'))
    await see(page, rowOf(page, quote))
  })

  journey('67 an undo that Taskr cannot take is itself undone', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    await focusRow(page, quote)
    await page.keyboard.press('d')
    await page.keyboard.type('w')
    await page.keyboard.press('Enter')
    await rowOf(page, quote).getByText('Mon 30 Nov').waitFor()
    const undoing = await hold(page, '**/changes/undoing')
    await page.keyboard.press('z')
    await see(page, rowOf(page, quote).getByText('2 days'))
    undoing.fail()
    await see(page, said(page).getByText('Not undone.'))
    await see(page, rowOf(page, quote).getByText('Mon 30 Nov'))
  })

  journey(
    '67 a bulk action shows in every row before Taskr answers, and a refused one is taken back',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const other = 'Write the quarterly letter'
      for (const text of [quote, other]) {
        await focusRow(page, text)
        await page.keyboard.press('x')
      }
      const sending = await hold(page, '**/tasks/bulk')
      await page.keyboard.press('d')
      await page.keyboard.type('w')
      await page.keyboard.press('Enter')
      for (const text of [quote, other]) await see(page, rowOf(page, text).getByText('Mon 30 Nov'))
      sending.fail()
      await page.getByText('2 tasks not changed').waitFor()
      await see(page, rowOf(page, quote).first().getByText('2 days'))
      await see(page, page.getByRole('region', { name: /^No date/ }).getByText(other))
    },
  )

  journey(
    '67 moving what is overdue to today shows before Taskr answers, and is taken back when it fails',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const overdue = page.getByRole('region', { name: /^Overdue/ })
      const rows = await overdue.getByRole('listitem').count()
      assert.ok(rows > 1)
      const moving = await hold(page, '**/tasks/overdue')
      await page.keyboard.press('Shift+T')
      const today = page.getByRole('region', { name: /^Today/ })
      await see(page, today.getByText(quote))
      assert.equal(await overdue.count(), 0)
      moving.fail()
      await see(page, overdue.getByText(quote))
      assert.equal(await overdue.getByRole('listitem').count(), rows)
    },
  )

  journey(
    '67 a due date chosen in the panel shows before Taskr answers',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      await focusRow(page, quote)
      await page.keyboard.press('Space')
      const panel = page.getByRole('complementary', { name: 'Task' })
      await panel.getByRole('button', { name: 'Complete' }).waitFor()
      await openPart(page, 'Due date')
      const saving = await hold(page, '**/deadline')
      await panel.getByRole('button', { name: /^Tomorrow/ }).click()
      await see(page, rowOf(page, quote).first().getByText('tomorrow'))
      await see(page, panel.locator('summary').getByText('tomorrow'))
      saving.release()
      await see(page, said(page).getByText('Due tomorrow'))
      await see(page, panel.locator('summary').getByText('tomorrow'))
    },
  )

  journey(
    '67 every change of a card shows in its row, and the other way round, before Taskr answers',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const panel = await openPanel(page)
      const row = rowOf(page, quote).first()
      const due = panel.locator('#deadline summary')

      await openPart(page, 'Assignees')
      await panel.getByRole('checkbox', { name: 'Ben Okafor' }).check()
      let saving = await hold(page, '**/assignees')
      await panel.getByRole('button', { name: 'Save assignees' }).click()
      await see(page, row.getByRole('img', { name: 'Ben Okafor' }))
      await see(page, panel.locator('#assignees summary').getByText('Ben Okafor'))
      saving.release()
      await see(page, said(page).getByText('is now'))

      saving = await hold(page, '**/linked-records/removal')
      await panel.getByRole('button', { name: 'Unlink Initech' }).click()
      await row.getByText('Initech', { exact: true }).waitFor({ state: 'detached' })
      assert.equal(await panel.getByRole('button', { name: 'Unlink Initech' }).count(), 0)
      saving.release()
      await see(page, said(page).getByText('Unlinked'))

      await openPart(page, 'Due date')
      await panel.getByLabel('Date', { exact: true }).fill('2026-12-15')
      await panel.getByLabel('Time (optional)').fill('09:00')
      saving = await hold(page, '**/deadline')
      await panel.getByRole('button', { name: 'Set', exact: true }).click()
      await see(page, row.getByText('Tue 15 Dec'))
      await see(page, due.getByText('Tue 15 Dec'))
      saving.release()
      await see(page, said(page).getByText('Due Tue 15 Dec'))

      await focusRow(page, quote)
      saving = await hold(page, '**/deadline')
      await page.keyboard.press('d')
      await page.keyboard.type('m')
      await page.keyboard.press('Enter')
      await see(page, due.getByText('tomorrow 09:00'))
      saving.release()
      await see(page, said(page).getByText('Due tomorrow'))

      saving = await hold(page, '**/completion')
      await focusRow(page, quote)
      await page.keyboard.press('e')
      await row.waitFor({ state: 'hidden' })
      saving.release()
      await see(page, said(page).getByText('Completed'))
    },
  )

  journey(
    '67 a task completed or deleted in the panel leaves the list before Taskr answers',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const panel = await openPanel(page)
      const completing = await hold(page, '**/completion')
      await panel.getByRole('button', { name: 'Complete', exact: true }).click()
      await rowOf(page, quote).waitFor({ state: 'hidden' })
      await see(page, panel.getByRole('button', { name: 'Reopen' }))
      completing.release()
      await see(page, said(page).getByText('Completed'))
      await page.keyboard.press('z')
      await see(page, said(page).getByText('Undone'))
      await see(page, rowOf(page, quote))
      await see(page, panel.getByRole('button', { name: 'Complete', exact: true }))

      const deleting = await hold(page, '**/deletion')
      await openPart(page, /^Delete$/)
      await panel.getByRole('button', { name: 'Delete task' }).click()
      await panel.waitFor({ state: 'detached' })
      await rowOf(page, quote).waitFor({ state: 'hidden' })
      deleting.fail()
      await see(page, rowOf(page, quote).getByText('Taskr is unavailable. Not saved.'))
    },
  )

  journey(
    '67 a change that is refused in the panel gives its reason in the card and the row, and no toast',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const panel = await openPanel(page)
      await openPart(page, 'Due date')
      const saving = await hold(page, '**/deadline')
      await panel.getByRole('button', { name: /^Tomorrow/ }).click()
      await see(page, rowOf(page, quote).first().getByText('tomorrow'))
      saving.fail()
      const reason = 'Taskr is unavailable. Not saved.'
      await see(page, rowOf(page, quote).getByText(reason))
      await see(page, panel.getByText(reason))
      await see(page, rowOf(page, quote).getByText('2 days'))
      await see(page, panel.locator('summary').getByText('Sat 21 Nov'))
      assert.equal(await said(page).getByText(reason).count(), 0)
    },
  )

  journey(
    '67 a new task is in the list before Taskr answers, and the next one can be typed',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const field = page.getByLabel('Add a task')
      const adding = await hold(page, '**/tasks')
      await page.keyboard.press('q')
      await page.keyboard.type('Send NDA today 3pm @ben #hooli')
      await page.getByRole('button', { name: 'Hooli ·' }).waitFor()
      await page.keyboard.press('Enter')
      const today = page.getByRole('region', { name: /^Today/ })
      const row = today.getByRole('listitem').filter({ hasText: 'Send NDA' })
      for (const shown of ['Adding…', '15:00', 'Hooli']) await see(page, row.getByText(shown))
      await see(page, row.getByRole('img', { name: 'Ben Okafor' }))
      assert.equal(await field.inputValue(), '')
      await page.keyboard.type('The next one')
      adding.release()
      await see(page, said(page).getByText('Added “Send NDA”'))
      await see(page, row.getByRole('button', { name: /^Complete/ }))
      assert.equal(await row.count(), 1)
      assert.equal(await field.inputValue(), 'The next one')
    },
  )

  journey(
    '67 a task that was not added goes back into the field, with the reason',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const field = page.getByLabel('Add a task')
      const adding = await hold(page, '**/tasks')
      await page.keyboard.press('q')
      await page.keyboard.type('Send NDA today')
      await page.keyboard.press('Enter')
      await see(page, rowOf(page, 'Send NDA'))
      await page.keyboard.type('Another')
      adding.fail()
      await page.getByText('Taskr is unavailable. Not saved.').waitFor()
      assert.equal(await rowOf(page, 'Send NDA').count(), 0)
      assert.equal(await field.inputValue(), 'Another')
      await page.getByRole('button', { name: 'Edit “Send NDA today”' }).click()
      assert.equal(await field.inputValue(), 'Send NDA today')
      await page.unroute('**/tasks')
      await page.keyboard.press('Enter')
      await see(page, said(page).getByText('Added “Send NDA”'))
      await field.fill('x'.repeat(2_001))
      await page.keyboard.press('Enter')
      await page.getByText('Too long: Attio allows 2,000 characters.').waitFor()
      assert.equal((await field.inputValue()).length, 2_001)
    },
  )

  journey('66 the panel shows the task’s text before its card', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    const card = await hold(page, /\/tasks\/[^/]+\/[^/]+\?from=/)
    await focusRow(page, quote)
    await page.keyboard.press('Space')
    const panel = page.getByRole('complementary', { name: 'Task' })
    await see(page, panel.getByRole('heading', { name: quote }))
    assert.equal(await panel.getByRole('button', { name: 'Complete' }).count(), 0)
    card.release()
    await see(page, panel.getByRole('button', { name: 'Complete' }))
    assert.equal(await panel.getByRole('heading', { name: quote }).count(), 1)
  })

  journey(
    'nothing moves later than the key, though Taskr answers after a second',
    async ({ stage, javaScript }) => {
      // The browser reports it to scripts only.
      if (!javaScript) return
      const page = await settled(stage)
      await page.locator('.freshness[data-state="fresh"]').waitFor()
      await page.getByText('Live', { exact: true }).waitFor()
      for (const address of ['/?whose=everyone', '/?view=open&whose=everyone']) {
        await page.goto(address)
        await beFarAway(page)
        for (const [act, says] of slowActions) {
          await page.locator('main .task:visible .what a').first().focus()
          await noteShifts(page)
          await act(page)
          await said(page).getByText(says).waitFor()
          // The page is shown again when Attio has the change.
          await page.locator('.saving').waitFor({ state: 'detached' })
          assert.ok((await shiftSince(page)) < 0.001, `${says} at ${address}`)
        }
      }
    },
  )

  journey('nothing moves while a page loads', async ({ stage, javaScript }) => {
    // The browser reports it to scripts only.
    if (!javaScript) return
    const page = await settled(stage)
    // Names come a moment after their tasks, and may be longer than what stood in their place.
    await page.locator('.freshness[data-state="fresh"]').waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    const card = await page.locator('.task .what a').first().getAttribute('href')
    const addresses = ['/', '/?view=upcoming', '/?view=open&whose=everyone', '/?view=done', '/team']
    for (const viewport of [
      { width: 1280, height: 860 },
      { width: 390, height: 740 },
    ]) {
      await page.setViewportSize(viewport)
      for (const address of [...addresses, '/settings', card ?? '']) {
        await page.goto(address)
        assert.deepEqual(await layoutShifts(page), [], `${address} at ${viewport.width}`)
      }
    }
  })
})

/** Opens the task beside the list, and waits for its card. */
async function openPanel(page: Page): Promise<Locator> {
  await focusRow(page, quote)
  await page.keyboard.press('Space')
  const panel = page.getByRole('complementary', { name: 'Task' })
  await panel.getByRole('button', { name: 'Complete', exact: true }).waitFor()
  return panel
}

async function focusRow(page: Page, text: string): Promise<void> {
  await rowOf(page, text).locator('.what a').focus()
}

type SlowAction = readonly [act: (page: Page) => Promise<void>, says: string]

const slowActions: readonly SlowAction[] = [
  [(page) => page.keyboard.press('e'), 'Completed'],
  [(page) => page.keyboard.press('z'), 'Undone'],
  [dateBy('m'), 'Due tomorrow'],
  [
    async (page) => {
      await page.keyboard.press('x')
      await page.keyboard.press('Shift+ArrowDown')
      await dateBy('w')(page)
    },
    '2 tasks moved to Mon 30 Nov',
  ],
  [
    async (page) => {
      await page.keyboard.press('q')
      await page.keyboard.type('Call Sam today 5pm')
      await page.getByRole('button', { name: 'today 17:00 ·' }).waitFor()
      await page.keyboard.press('Enter')
    },
    'Added “Call Sam”',
  ],
]

function dateBy(key: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.keyboard.press('d')
    await page.keyboard.type(key)
    await page.keyboard.press('Enter')
  }
}

async function beFarAway(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Network.enable')
  await devTools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 900,
    downloadThroughput: -1,
    uploadThroughput: -1,
  })
}

/** Begins to add up what moves without an input shortly before, as browsers notice it. */
async function noteShifts(page: Page): Promise<void> {
  await page.evaluate(() => {
    let sum = 0
    const add = (entries: readonly PerformanceEntry[]): void => {
      for (const entry of entries) {
        if (Reflect.get(entry, 'hadRecentInput') === false)
          sum += Number(Reflect.get(entry, 'value'))
      }
    }
    const observer = new PerformanceObserver((list) => add(list.getEntries()))
    observer.observe({ type: 'layout-shift' })
    Reflect.set(globalThis, 'shiftSince', () => {
      add(observer.takeRecords())
      observer.disconnect()
      return sum
    })
  })
}

async function shiftSince(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    // Shifts are reported with the frame in which they happen.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame)
    const read: unknown = Reflect.get(globalThis, 'shiftSince')
    return typeof read === 'function' ? Number(Reflect.apply(read, undefined, [])) : NaN
  })
}

/** Keeps matching requests waiting until they are released, or answered by the network instead of Taskr. */
async function hold(page: Page, address: string | RegExp) {
  const { promise, resolve } = Promise.withResolvers<'release' | 'fail'>()
  await page.route(address, async (route) => {
    if ((await promise) === 'release') await route.continue()
    else await route.fulfill(networksOwn)
  })
  return { release: () => resolve('release'), fail: () => resolve('fail') }
}

/** As networks answer where one must sign in first. */
const networksOwn = { status: 200, contentType: 'text/html', body: '<p>Sign in to the network</p>' }

/** Returns what has moved since the page was opened, as browsers notice it. */
async function layoutShifts(page: Page): Promise<readonly string[]> {
  return await page.evaluate(async () => {
    const moved: string[] = []
    const textOf = (node: unknown): string => String(Reflect.get(Object(node), 'textContent'))
    const note = (entries: readonly PerformanceEntry[]): void => {
      for (const entry of entries) {
        const sources: unknown = Reflect.get(entry, 'sources')
        const nodes = Array.isArray(sources)
          ? sources.map((source) => textOf(Reflect.get(Object(source), 'node')))
          : []
        moved.push(`${Reflect.get(entry, 'value')}: ${nodes.join(', ').slice(0, 200)}`)
      }
    }
    const observer = new PerformanceObserver((list) => note(list.getEntries()))
    observer.observe({ type: 'layout-shift', buffered: true })
    // Shifts are reported with the frame in which they happen.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame)
    note(observer.takeRecords())
    return moved
  })
}
