// Quick add: one line with the text, due date, assignees and records of a task, with and without JavaScript.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { see } from '../../testing/browser/account-steps.ts'
import { countWork } from '../../testing/browser/count-work.ts'
import { look } from '../../testing/browser/check-page.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { inAttio, quote, rowOf, said, tasksInAttio } from '../../testing/browser/task-steps.ts'

journeys('quick add', (journey) => {
  journey(
    'one line adds a task with date, colleague and company',
    async ({ stage, javaScript }) => {
      const page = await settled(stage)
      const field = page.getByLabel('Add a task')
      const work = countWork(page)
      if (javaScript) await work.press('q')
      else await field.focus()
      await page.keyboard.type('Send NDA tomorrow 3pm @ben #hooli')
      if (javaScript) {
        for (const name of ['tomorrow 15:00', 'Ben Okafor', 'Hooli']) {
          await page.getByRole('button', { name: `${name} ·` }).waitFor()
        }
        await look(page)
      }
      // The smallest screen that the page was looked at on folds the line away, and with it the focus.
      await field.focus()
      await work.press('Enter')
      await said(page).getByText('Added “Send NDA”').waitFor()
      if (javaScript) assert.deepEqual(work.counts(), { keys: 2, clicks: 0, loads: 0 })
      const how = javaScript ? '' : ' without JavaScript'
      work.print(`Add a task with date, colleague and company by one line${how}`)
      await inAttio(stage, 'Send NDA', (task) => task !== undefined)
      const [task] = tasksInAttio(stage, 'Send NDA')
      // Without JavaScript the account keeps UTC.
      const due = javaScript ? '2026-11-24T14:00Z' : '2026-11-24T15:00Z'
      assert.equal(task?.deadlineAt, Date.parse(due))
      assert.equal(task?.assigneeIds.length, 1)
      assert.equal(task?.linkedRecords.length, 1)
      if (javaScript) {
        assert.equal(await field.inputValue(), '')
        assert.equal(await page.locator('[data-chips] button').count(), 0)
      }
    },
  )

  journey('a clicked chip becomes text again', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    await page.keyboard.press('q')
    await page.keyboard.type('Read Friday')
    await page.getByRole('button', { name: 'Turn back into text: Friday' }).click()
    await page.getByRole('button', { name: 'Turn back into text' }).waitFor({ state: 'detached' })
    await page.keyboard.press('Enter')
    await said(page).getByText('Added “Read Friday”').waitFor()
    await inAttio(stage, 'Read Friday', (task) => task?.deadlineAt === null)
  })

  journey('an email address links the person it belongs to', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    await page.keyboard.press('q')
    await page.keyboard.type('Write to unnamed@hooli.example')
    await page.getByRole('button', { name: 'Do not link' }).waitFor()
    await page.keyboard.press('Enter')
    await inAttio(
      stage,
      'Write to unnamed@hooli.example',
      (task) => task?.linkedRecords.length === 1,
    )
  })

  journey('pasted lines become tasks after a confirmation', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    await paste(page, '- Call Bob\n- Pay rent friday\n\n- Sign')
    const question = page.getByRole('dialog', { name: 'Add 3 tasks?' })
    await question.waitFor()
    await look(page)
    await question.getByRole('button', { name: 'Add 3 tasks' }).click()
    await said(page).getByText('Added 3 tasks').waitFor()
    await see(page, rowOf(page, 'Pay rent'))
    await page.keyboard.press('z')
    await said(page).getByText('Undone').waitFor()
    assert.equal(await rowOf(page, 'Pay rent').count(), 0)
  })

  journey('pasted lines that were refused are offered again', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    const lines = Array.from({ length: 51 }, (_, at) => `Pasted ${at}`)
    await paste(page, [...lines, 'x'.repeat(2_001)].join('\n'))
    await page.getByRole('button', { name: 'Add 52 tasks' }).click()
    const again = page.getByRole('dialog', { name: 'Add 1 task?' })
    await again.getByText('1 task not added. Too long: Attio allows 2,000 characters.').waitFor()
    await said(page).getByText('Added 51 tasks').waitFor()
    await again.getByRole('button', { name: 'Add as one task' }).click()
    const field = page.getByLabel('Add a task')
    assert.equal((await field.inputValue()).length, 2_001)
  })

  journey('after adding a task that the view hides, a link shows it', async ({ stage }) => {
    const page = await settled(stage)
    await page.goto('/?view=overdue')
    await page.getByLabel('Add a task').fill('Later tomorrow')
    await page.keyboard.press('Enter')
    await said(page).getByRole('link', { name: 'Show' }).click()
    await page.getByRole('heading', { name: 'Later', level: 1 }).waitFor()
  })

  journey('Escape returns the focus to the row', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    const link = rowOf(page, quote).locator('.what a')
    await link.focus()
    await page.keyboard.press('c')
    await page.keyboard.press('Escape')
    assert.equal(await link.evaluate((one) => one === document.activeElement), true)
  })
})

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('Add a task').evaluate((field, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, text)
}
