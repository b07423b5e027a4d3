// Editing in the list: the date, assignees and records of a row, several rows at once, and undo.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { see } from '../../testing/browser/account-steps.ts'
import { look } from '../../testing/browser/check-page.ts'
import { lookAtEverySize } from '../../testing/browser/every-size.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import {
  inAttio,
  openPart,
  openTask,
  quote,
  rowOf,
  said,
} from '../../testing/browser/task-steps.ts'

journeys('working in the list', (journey) => {
  journey(
    'a due date is typed in words, and the focus moves to the next row',
    async ({ stage, javaScript }) => {
      const page = await settled(stage)
      if (!javaScript) {
        await openTask(page, quote)
        await openPart(page, 'Due date')
        await page.getByLabel('Date', { exact: true }).waitFor()
        return
      }
      await focusRow(page, quote)
      const next = await page.locator('.task').nth(2).getAttribute('id')
      await page.keyboard.press('d')
      const popover = page.getByRole('dialog', { name: 'Due date' })
      await popover.waitFor()
      await look(page)
      await page.keyboard.type('15 dec 9am')
      await popover.getByText('Tuesday 15 December 2026, 09:00').waitFor()
      await page.keyboard.press('Enter')
      await popover.waitFor({ state: 'detached' })
      await said(page).getByText(quote).waitFor()
      assert.equal(await focusedRow(page), next)
      // When the typed date has no time, the task keeps its own.
      await focusRow(page, quote)
      await page.keyboard.press('d')
      await page.keyboard.type('w')
      await page.keyboard.press('Enter')
      await inAttio(stage, quote, (task) => task?.deadlineAt === Date.parse('2026-11-30T08:00Z'))
    },
  )

  journey(
    'arrow keys move through the month, and Escape returns the focus to the row',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      await focusRow(page, quote)
      await page.keyboard.press('d')
      await page.keyboard.press('ArrowDown')
      for (const key of ['ArrowRight', 'ArrowDown', 'PageDown']) await page.keyboard.press(key)
      const day = page.getByRole('gridcell', { name: 'Tuesday, 29 December 2026' })
      assert.equal(await day.evaluate((cell) => cell === document.activeElement), true)
      await page.keyboard.press('Escape')
      assert.equal(await page.getByRole('dialog').count(), 0)
      assert.match(await focusedRow(page), /^task-/)
    },
  )

  journey('assignees are toggled with the keyboard', async ({ stage, javaScript }) => {
    const page = await settled(stage)
    if (!javaScript) {
      await openTask(page, quote)
      await openPart(page, 'Assignees')
      await page.getByRole('checkbox', { name: 'Ben Okafor' }).waitFor()
      return
    }
    await focusRow(page, quote)
    await page.keyboard.press('a')
    const popover = page.getByRole('dialog', { name: 'Assignees' })
    await popover.getByRole('option', { name: 'Ada Byron' }).waitFor()
    await look(page)
    await page.keyboard.type('ben')
    await page.keyboard.press('Enter')
    await inAttio(stage, quote, (task) => task?.assigneeIds.length === 2)
    await see(page, rowOf(page, quote).getByRole('img', { name: 'Ben Okafor' }))
  })

  journey('a record is found while typing, and linked', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    await focusRow(page, 'Write the quarterly letter')
    await page.keyboard.press('l')
    await page.keyboard.type('hool')
    const popover = page.getByRole('dialog', { name: 'Link a record' })
    await popover.getByRole('option', { name: 'Hooli company' }).waitFor()
    await look(page)
    await page.keyboard.press('Enter')
    await see(page, rowOf(page, 'Write the quarterly letter').getByText('Hooli'))
    await inAttio(stage, 'Write the quarterly letter', (task) => task?.linkedRecords.length === 1)
  })

  journey('mirrored records are suggested while Attio is slow', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    stage.attio.control.faults.add({ path: '/v2/*', answer: { latencyMs: 3_000 } })
    await focusRow(page, 'Write the quarterly letter')
    await page.keyboard.press('l')
    await page.keyboard.type('init')
    const popover = page.getByRole('dialog', { name: 'Link a record' })
    await popover.getByRole('option', { name: 'Initech' }).waitFor()
    await popover.getByText('Searching Attio…').waitFor()
  })

  journey(
    'several rows are rescheduled together, and undone together',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const overdue = page.getByRole('region', { name: 'Overdue' }).getByRole('listitem')
      const before = await overdue.count()
      assert.ok(before >= 2)
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      for (let more = 1; more < before; more += 1) await page.keyboard.press('Shift+ArrowDown')
      const bar = page.getByRole('region', { name: 'Selected tasks' })
      await bar.getByText(`${before} selected`).waitFor()
      await look(page)
      await page.keyboard.press('d')
      await page.keyboard.type('t')
      await page.keyboard.press('Enter')
      await see(page, said(page).getByText(`${before} tasks moved to today`))
      assert.equal(await overdue.count(), 0)
      await page.keyboard.press('z')
      await said(page).getByText('Undone').waitFor()
      assert.equal(await overdue.count(), before)
      await page.keyboard.press('Escape')
      assert.equal(await bar.count(), 0)
    },
  )

  journey(
    'each selected task that could not be changed is listed with the reason, and tried again',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const texts = [quote, 'Write the quarterly letter', 'Renew the safety certificate']
      for (const [at, text] of texts.entries()) {
        await focusRow(page, text)
        await page.keyboard.press('x')
        await page.getByText(`${at + 1} selected`).waitFor()
      }
      // The network answers with its own page, as one does where one must sign in first.
      const other = { status: 200, contentType: 'text/html', body: '<p>Sign in to the network</p>' }
      await page.route('**/tasks/bulk', (route) => route.fulfill(other))
      await page.keyboard.press('e')
      const bar = page.getByRole('region', { name: 'Tasks not changed' })
      await bar.getByRole('alert').getByText('3 tasks not changed').waitFor()
      assert.equal(await bar.getByText('You’re offline. Not saved.').count(), 3)
      assert.equal(await page.locator('.task[data-refused]').count(), 3)
      await lookAtEverySize(page)
      // Trying again while nothing has changed keeps the task in the list.
      const again = bar.getByRole('button', { name: `Try again: ${quote}` })
      await again.click()
      await bar.getByText('3 tasks not changed').waitFor()
      await page.unroute('**/tasks/bulk')
      await again.click()
      await said(page).getByText('Completed 1 task').waitFor()
      await bar.getByText('2 tasks not changed').waitFor()
      await inAttio(stage, quote, (task) => task?.isCompleted === true)
      await bar.getByRole('button', { name: 'Try all again' }).click()
      await said(page).getByText('Completed 2 tasks').waitFor()
      await bar.waitFor({ state: 'detached' })
      assert.match(await focusedRow(page), /^task-/)
      assert.equal(await page.locator('.task[data-refused]').count(), 0)
      await page.keyboard.press('z')
      await see(page, rowOf(page, 'Renew the safety certificate'))
    },
  )

  journey('undo reverts actions one by one, the last one first', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    await focusRow(page, quote)
    await page.keyboard.press('e')
    await rowOf(page, quote).waitFor({ state: 'detached' })
    await focusRow(page, 'Write the quarterly letter')
    await page.keyboard.press('e')
    await rowOf(page, 'Write the quarterly letter').waitFor({ state: 'detached' })
    // Undo still works in another view.
    await page.goto('/?view=open&whose=everyone')
    await page.keyboard.press('z')
    await see(page, rowOf(page, 'Write the quarterly letter'))
    assert.equal(await rowOf(page, quote).count(), 0)
    await page.keyboard.press('Control+z')
    await see(page, rowOf(page, quote))
  })

  journey(
    'a change that Taskr cannot save is reverted, and the row shows the reason',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      await focusRow(page, quote)
      await page.keyboard.press('d')
      await page.route('**/deadline', (route) =>
        route.fulfill({ status: 503, contentType: 'text/html', body: '<p>Down</p>' }),
      )
      await page.keyboard.type('m')
      await page.keyboard.press('Enter')
      const row = rowOf(page, quote)
      await see(page, row.getByRole('alert').getByText('Taskr is unavailable. Not saved.'))
      await see(page, row.getByText('2 days'))
    },
  )
})

async function focusRow(page: Page, text: string): Promise<void> {
  await rowOf(page, text).locator('.what a').focus()
}

/** Returns the ID of the row that has the focus, or an empty text. */
async function focusedRow(page: Page): Promise<string> {
  return await page.evaluate(() => document.activeElement?.closest('.task')?.id ?? '')
}
