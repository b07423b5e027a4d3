// The list with the keyboard alone, double presses, and a restart in between.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import {
  add,
  inAttio,
  quote,
  rowOf,
  said,
  tasksInAttio,
  pressCheckbox,
} from '../../testing/browser/task-steps.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { press, tabTo } from '../../testing/browser/keyboard.ts'
import { look } from '../../testing/browser/check-page.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { see } from '../../testing/browser/account-steps.ts'

journeys('the list with the keyboard alone', (journey) => {
  journey('a task is completed and reopened with the keyboard', async ({ stage, javaScript }) => {
    const page = await settled(stage)
    const { keyboard } = page
    if (!javaScript) {
      await press(page, rowOf(page, quote).getByRole('button', { name: 'Complete' }))
      await said(page).getByText(`Completed “${quote}”`).waitFor()
      await press(page, page.getByRole('button', { name: 'Undo' }))
      await rowOf(page, quote).waitFor()
      return
    }
    await keyboard.press('j')
    const first = await focusedRow(page)
    await keyboard.press('j')
    const second = await focusedRow(page)
    assert.notEqual(second, first)
    await keyboard.press('ArrowUp')
    assert.equal(await focusedRow(page), first)
    const text = (await rowWith(page, first).locator('.what').textContent()) ?? ''
    await keyboard.press('e')
    await said(page).getByText('Completed').waitFor()
    // The next row has the focus.
    assert.equal(await focusedRow(page), second)
    await keyboard.press('z')
    await said(page).getByText('Undone').waitFor()
    await rowOf(page, text).first().waitFor()
    await keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await look(page)
    await keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' })
  })

  journey(
    'a task is added with due date, assignees and records with the keyboard',
    async ({ stage, javaScript }) => {
      const page = await settled(stage)
      const { keyboard } = page
      const field = page.getByLabel('Add a task')
      if (javaScript) await keyboard.press('n')
      else await tabTo(page, field)
      // In a text field every letter is text.
      await keyboard.type('jolly zealous deed?')
      assert.equal(await field.inputValue(), 'jolly zealous deed?')
      await keyboard.press('Enter')
      await said(page).getByText('Added').waitFor()
      const link = rowOf(page, 'jolly zealous deed?').getByRole('link', { name: 'jolly' })
      if (!javaScript) {
        await press(page, link)
        await page.getByRole('heading', { name: 'jolly zealous deed?', level: 1 }).waitFor()
        return
      }
      for (const [key, name] of [
        ['a', 'Assignees'],
        ['d', 'Due date'],
        ['l', 'Link a record'],
      ] as const) {
        await link.focus()
        await keyboard.press(key)
        await page.getByRole('dialog', { name }).waitFor()
        await keyboard.press('Escape')
        await page.getByRole('dialog', { name }).waitFor({ state: 'detached' })
      }
      await link.focus()
      await keyboard.press('o')
      await page.getByRole('heading', { name: 'jolly zealous deed?', level: 1 }).waitFor()
    },
  )

  journey('keyboard shortcuts that are switched off do nothing', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
    await page.getByRole('checkbox', { name: 'Enable shortcuts' }).uncheck()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.keyboard.press('j')
    assert.equal(await focusedRow(page), '')
    await page.reload()
    await page.keyboard.press('?')
    assert.equal(await page.getByRole('dialog').count(), 0)
  })
})

journeys('double presses', (journey) => {
  journey('a double click completes or adds only one task', async ({ stage }) => {
    const page = await settled(stage)
    const open = () =>
      stage.attio.control.world.tasks.all().filter((task) => !task.isCompleted).length
    const before = open()
    await rowOf(page, quote).getByRole('button', { name: 'Complete' }).dblclick()
    await said(page).getByText('Completed').waitFor()
    await inAttio(stage, quote, (task) => task?.isCompleted === true)
    await page.getByLabel('Add a task').fill('Only once')
    await page.getByRole('button', { name: 'Add the task' }).dblclick()
    await see(page, rowOf(page, 'Only once'))
    await inAttio(stage, 'Only once', (task) => task !== undefined)
    await page.reload()
    assert.equal(await rowOf(page, 'Only once').count(), 1)
    assert.equal(tasksInAttio(stage, 'Only once').length, 1)
    assert.equal(open(), before)
  })

  journey('a restart loses no recorded change', async ({ stage }) => {
    const page = await settled(stage)
    stage.attio.control.faults.add({ path: '/v2/tasks*', answer: { reset: 'before-commit' } })
    await pressCheckbox(page, quote)
    await said(page).getByText('Completed').waitFor()
    await add(page, 'Written before the lights went out')
    await page.close()
    await stage.restart()
    const later = await page.context().newPage()
    await later.goto('/?view=open&whose=everyone')
    await later.getByText('Written before the lights went out').waitFor()
    assert.equal(await rowOf(later, quote).count(), 0)
    stage.clock.skip(10 * 60_000)
    await inAttio(stage, quote, (task) => task?.isCompleted === true)
    await inAttio(stage, 'Written before the lights went out', (task) => task !== undefined)
    assert.equal(tasksInAttio(stage, 'Written before the lights went out').length, 1)
  })
})

/** Returns the ID of the row that has the focus, or an empty text. */
async function focusedRow(page: Page): Promise<string> {
  return await page.evaluate(() => document.activeElement?.closest('.task')?.id ?? '')
}

function rowWith(page: Page, id: string) {
  return page.locator(`[id="${id}"]`)
}
