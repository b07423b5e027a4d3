// A task beside the list: its own address, the keys beneath it, and the way back to the same row.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { countWork } from '../../testing/browser/count-work.ts'
import { lookAtEverySize } from '../../testing/browser/every-size.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { inAttio, openPart, quote, rowOf, said } from '../../testing/browser/task-steps.ts'

journeys('a task beside the list', (journey) => {
  journey(
    '66 the panel follows the list, and Back returns to the row',
    async ({ stage, javaScript }) => {
      const page = await settled(stage)
      const link = rowOf(page, quote).getByRole('link', { name: quote })
      if (!javaScript) {
        await link.click()
        await page.getByRole('heading', { name: quote, level: 1 }).waitFor()
        await lookAtEverySize(page)
        await page.getByRole('link', { name: 'Back to list' }).click()
        await rowOf(page, quote).waitFor()
        return
      }
      const work = countWork(page)
      await link.focus()
      await work.press('Enter')
      const panel = page.getByRole('complementary', { name: 'Task' })
      await panel.getByRole('heading', { name: quote }).waitFor()
      assert.match(page.url(), /\/tasks\//)
      await lookAtEverySize(page)
      await link.focus()
      const rows = page.locator('main .task')
      const at = await placeOf(page)
      await work.press('j')
      const next = rows.nth(at + 1)
      const title = (await next.locator('.what').textContent()) ?? ''
      await panel.getByRole('heading', { name: title }).waitFor()
      await work.press('k')
      await panel.getByRole('heading', { name: quote }).waitFor()
      await work.press('Escape')
      await panel.waitFor({ state: 'detached' })
      assert.equal(await placeOf(page), at)
      assert.match(page.url(), /view=open/)
      await page.goForward()
      await panel.getByRole('heading', { name: quote }).waitFor()
      await page.goBack()
      await panel.waitFor({ state: 'detached' })
      assert.equal(await placeOf(page), at)
      assert.equal(work.counts().loads, 0)
      work.print('Look at a task, the next one, and return to the row')
    },
  )

  journey(
    'a panel that opens leaves the toast to the page that a form leads to',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      await page.evaluate(async () => {
        const box = document.querySelector<HTMLButtonElement>('main .task button.checkbox')
        if (!box?.form) throw new Error('There is no task to complete.')
        const body = new URLSearchParams()
        for (const [name, value] of new FormData(box.form, box)) {
          if (typeof value === 'string') body.append(name, value)
        }
        const address = box.hasAttribute('formaction') ? box.formAction : box.form.action
        await fetch(address, { method: 'POST', body, redirect: 'manual' })
      })
      await rowOf(page, quote).getByRole('link', { name: quote }).press('Enter')
      const panel = page.getByRole('complementary', { name: 'Task' })
      await panel.getByRole('button', { name: 'Complete', exact: true }).waitFor()
      await page.goto('/')
      await said(page).getByText('Completed').waitFor()
    },
  )

  journey(
    '66 a reloaded or shared address of the panel is the page of the task',
    async ({ stage }) => {
      const page = await settled(stage)
      await rowOf(page, quote).getByRole('link', { name: quote }).click()
      await page.getByRole('heading', { name: quote, level: 1 }).waitFor()
      await page.reload()
      await page.getByRole('link', { name: 'Back to list' }).click()
      await page.getByRole('heading', { name: 'Open tasks', level: 1 }).waitFor()
    },
  )

  journey(
    '66 an answer that comes after one has moved on leaves the panel at the next task',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      const link = rowOf(page, quote).getByRole('link', { name: quote })
      await link.click()
      const panel = page.getByRole('complementary', { name: 'Task' })
      await openPart(page, 'Due date')
      const held = Promise.withResolvers<void>()
      await page.route('**/deadline', async (route) => {
        await held.promise
        await route.continue()
      })
      await panel.getByRole('button', { name: /^Today/ }).click()
      await link.focus()
      await page.keyboard.press('j')
      await panel.getByRole('heading', { name: quote }).waitFor({ state: 'detached' })
      const next = await panel.getByRole('heading', { level: 1 }).textContent()
      held.resolve()
      await said(page).getByText('Due today').waitFor()
      assert.equal(await panel.getByRole('heading', { level: 1 }).textContent(), next)
      await page.getByRole('heading', { name: 'Open tasks', level: 1 }).waitFor()
    },
  )

  journey(
    '66 changes in the panel show in the list beneath, and keys work on it',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      await rowOf(page, quote).getByRole('link', { name: quote }).click()
      const panel = page.getByRole('complementary', { name: 'Task' })
      await openPart(page, 'Due date')
      await panel.getByRole('button', { name: /^Tomorrow/ }).click()
      await said(page).getByText('Due tomorrow').waitFor()
      await rowOf(page, quote)
        .getByText(/^tomorrow/)
        .waitFor()
      await panel.getByText('Changes in Taskr in the last week').waitFor()
      await panel.focus()
      await page.keyboard.press('e')
      await said(page).getByText(`Completed “${quote}”`).waitFor()
      await inAttio(stage, quote, (task) => task?.isCompleted === true)
    },
  )
})

/** Returns the place of the focused row in the list. */
async function placeOf(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const rows = [...document.querySelectorAll('main .task')]
    return rows.findIndex((row) => row.contains(document.activeElement))
  })
}
