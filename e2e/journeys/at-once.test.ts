// What a key or a click does is shown before Taskr answers, and nothing on a page moves while it loads.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
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
      for (const text of [quote, other]) await see(page, rowOf(page, text).getByText('next week'))
      sending.fail()
      await page.getByText('2 tasks not changed').waitFor()
      await see(page, rowOf(page, quote).first().getByText('2 days'))
      assert.equal(await page.locator('main').getByText('next week').count(), 0)
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
      await see(page, overdue.getByRole('listitem').first().getByText('today'))
      assert.equal(await overdue.getByText('today', { exact: true }).count(), rows)
      moving.fail()
      await see(page, rowOf(page, quote).first().getByText('2 days'))
      assert.equal(await overdue.getByText('today', { exact: true }).count(), 0)
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

async function focusRow(page: Page, text: string): Promise<void> {
  await rowOf(page, text).locator('.what a').focus()
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
