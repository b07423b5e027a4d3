// A task's text edited where it stands: in its row, and as the title of its card.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { see } from '../../testing/browser/account-steps.ts'
import { countWork } from '../../testing/browser/count-work.ts'
import { lookAtEverySize } from '../../testing/browser/every-size.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import {
  benInAttio,
  inAttio,
  openPart,
  openTask,
  quote,
  rowOf,
  said,
  tasksInAttio,
  textField,
} from '../../testing/browser/task-steps.ts'

const better = 'Send Initech the final quote'

journeys('editing a text where it stands', (journey) => {
  journey(
    '28 a text becomes a field in its row, is saved with Enter, and the focus stays',
    async ({ stage, javaScript }) => {
      const page = await settled(stage)
      if (!javaScript) {
        await openTask(page, quote)
        await (await textField(page)).fill(better)
        await page.getByRole('button', { name: 'Save as a copy' }).click()
        await said(page).getByText('Saved as a copy').waitFor()
        await page.getByRole('heading', { name: better, level: 1 }).waitFor()
        return
      }
      await linkOf(page, quote).focus()
      const work = countWork(page)
      await work.press('i')
      const field = page.getByRole('textbox', { name: 'Text' })
      assert.equal(await field.inputValue(), quote)
      assert.equal(await page.getByText('Save as a copy').count(), 1)
      assert.equal(await page.getByRole('button', { name: 'Save as a copy' }).isVisible(), false)
      // A space at the end is no change, and Enter saves nothing.
      await page.keyboard.type(' ')
      assert.equal(await page.getByRole('button', { name: 'Save as a copy' }).isVisible(), false)
      await work.press('Enter')
      await field.waitFor({ state: 'detached' })
      assert.equal(await hasFocus(page, quote), true)
      await work.press('F2')
      await field.fill(better)
      await page.getByRole('button', { name: 'Save as a copy' }).waitFor()
      await lookAtEverySize(page)
      await work.press('Enter')
      assert.equal(await hasFocus(page, better), true)
      await said(page).getByText(`Saved as a copy: “${better}”`).waitFor()
      assert.equal(await hasFocus(page, better), true)
      await work.press('z')
      await see(page, rowOf(page, quote))
      assert.equal(work.counts().loads, 0)
      assert.equal(tasksInAttio(stage, quote).length, 1)
      work.print('Edit a text twice, save it once, and undo it')
    },
  )

  journey('Escape gives the text back', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    await linkOf(page, quote).focus()
    await page.keyboard.press('i')
    await page.keyboard.type(' or not')
    await page.keyboard.press('Escape')
    assert.equal(await hasFocus(page, quote), true)
    await page.keyboard.press('i')
    assert.equal(await page.getByRole('textbox', { name: 'Text' }).inputValue(), quote)
  })

  journey(
    'a refused text returns the row with the reason, and keeps what was typed',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      await linkOf(page, quote).focus()
      await page.keyboard.press('i')
      const field = page.getByRole('textbox', { name: 'Text' })
      const long = 'x'.repeat(2_001)
      await field.fill(long)
      await page.keyboard.press('Enter')
      await see(page, page.getByRole('alert').getByText('Too long: Attio allows 2,000 characters.'))
      assert.equal(await field.inputValue(), long)
      await field.fill(better)
      await page.route('**/replacement', (route) =>
        route.fulfill({ status: 503, contentType: 'text/html', body: '<p>Down</p>' }),
      )
      await field.press('Enter')
      await see(page, page.getByRole('alert').getByText('Taskr is unavailable. Not saved.'))
      assert.equal(await field.inputValue(), better)
      await page.unroute('**/replacement')
      await field.press('Enter')
      await said(page).getByText(`Saved as a copy: “${better}”`).waitFor()
      assert.equal(await page.getByRole('alert').count(), 0)
    },
  )

  journey(
    'a text that is being edited survives changes from Attio, even when its task leaves the list',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      await linkOf(page, quote).focus()
      await page.keyboard.press('i')
      const field = page.getByRole('textbox', { name: 'Text' })
      await field.fill(better)
      const ben = benInAttio(stage)
      ben.addTask({ content: 'Something new', assigneeIds: [], deadlineAt: null })
      await rowOf(page, 'Something new').waitFor()
      assert.equal(await field.inputValue(), better)
      const [task] = tasksInAttio(stage, quote)
      assert.ok(task)
      ben.updateTask(task.id, { isCompleted: true })
      ben.addTask({ content: 'And one more', assigneeIds: [], deadlineAt: null })
      await rowOf(page, 'And one more').waitFor()
      assert.equal(await field.inputValue(), better)
      await field.press('Escape')
    },
  )

  journey(
    'the title of a card becomes a field, in the panel and on its own page',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      await linkOf(page, quote).click()
      const panel = page.getByRole('complementary', { name: 'Task' })
      await panel.getByRole('heading', { name: quote }).click()
      const field = panel.getByRole('textbox', { name: 'Text', exact: true })
      await field.fill(better)
      await lookAtEverySize(page)
      await field.press('Enter')
      await said(page).getByText(`Saved as a copy: “${better}”`).waitFor()
      await panel.getByRole('heading', { name: better }).waitFor()
      await see(page, rowOf(page, better))
      // Once the copy is at Attio, the panel shows it under its own address.
      stage.clock.skip(11_000)
      await inAttio(stage, better, (task) => task !== undefined)
      await inAttio(stage, quote, (task) => task === undefined)
      const [copy] = tasksInAttio(stage, better)
      await page.waitForURL(new RegExp(copy?.id ?? 'none'))
      await page.reload()
      await page.getByRole('heading', { name: better, level: 1 }).waitFor()
      await page.keyboard.press('i')
      const title = page.getByRole('textbox', { name: 'Text', exact: true })
      await title.fill(quote)
      await title.press('Enter')
      await said(page).getByText(`Saved as a copy: “${quote}”`).waitFor()
      await page.getByRole('heading', { name: quote, level: 1 }).waitFor()
    },
  )

  journey(
    'text typed in the panel is there again when one returns to its task',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage)
      await linkOf(page, quote).click()
      const panel = page.getByRole('complementary', { name: 'Task' })
      await panel.getByRole('heading', { name: quote }).click()
      const field = panel.getByRole('textbox', { name: 'Text', exact: true })
      await field.fill(better)
      await openPart(page, 'Link a record')
      await panel.getByLabel('Find a record').fill('hoo')
      const [task] = tasksInAttio(stage, quote)
      benInAttio(stage).updateTask(task?.id ?? '', { deadlineAt: null })
      await panel.locator('summary').filter({ hasText: 'No date' }).waitFor()
      assert.equal(await field.inputValue(), better)
      await linkOf(page, quote).focus()
      await page.keyboard.press('j')
      await panel.getByRole('heading', { name: quote }).waitFor({ state: 'detached' })
      await field.waitFor({ state: 'detached' })
      await page.keyboard.press('k')
      await field.waitFor()
      await page.keyboard.press('Escape')
      await panel.waitFor({ state: 'detached' })
      await linkOf(page, quote).click()
      await field.waitFor()
      assert.equal(await field.inputValue(), better)
      assert.equal(await panel.getByLabel('Find a record').inputValue(), 'hoo')
      assert.equal(await panel.getByLabel('Find a record').isVisible(), true)
    },
  )
})

function linkOf(page: Page, text: string) {
  return rowOf(page, text).locator('.what a')
}

async function hasFocus(page: Page, text: string): Promise<boolean> {
  return await linkOf(page, text).evaluate((link) => link === document.activeElement)
}
