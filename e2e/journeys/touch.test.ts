// A phone: what one does with a finger.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { see } from '../../testing/browser/account-steps.ts'
import { look } from '../../testing/browser/check-page.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { quote, rowOf, said } from '../../testing/browser/task-steps.ts'

const phone = { viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true }
const letter = 'Write the quarterly letter'

journeys('touch', (journey) => {
  journey(
    '28 a tap opens a task, and a second one on its text edits it',
    async ({ stage, javaScript }) => {
      if (!javaScript) return
      const page = await settled(stage, phone)
      await rowOf(page, quote).getByRole('link', { name: quote }).tap()
      const sheet = page.getByRole('complementary', { name: 'Task' })
      // The script edits the text as soon as the card is there.
      await sheet.getByText('Edit text').waitFor()
      await sheet.getByRole('heading', { name: quote }).tap()
      const field = sheet.getByRole('textbox', { name: 'Text' })
      assert.equal(await field.inputValue(), quote)
      await look(page)
      await field.fill('Send Initech the final quote')
      await sheet.getByRole('button', { name: 'Save as a copy' }).tap()
      await see(page, said(page).getByText('Saved as a copy'))
      await see(page, sheet.getByRole('heading', { name: 'Send Initech the final quote' }))
    },
  )

  journey('26 a long press selects a row, and taps select more', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage, phone)
    await longPress(page, rowOf(page, quote))
    const bar = page.getByRole('region', { name: 'Selected tasks' })
    await bar.getByText('1 selected').waitFor()
    await look(page)
    const other = rowOf(page, letter).getByRole('link', { name: letter })
    await other.tap()
    await bar.getByText('2 selected').waitFor()
    await other.tap()
    await bar.getByText('1 selected').waitFor()
    await bar.getByRole('button', { name: 'Clear the selection' }).tap()
    await bar.waitFor({ state: 'detached' })
    // Without a selection, a tap opens the task again.
    await other.tap()
    await page.getByRole('complementary', { name: 'Task' }).waitFor()
  })
})

/** Holds a finger on the row until it is selected. */
async function longPress(page: Page, row: Locator): Promise<void> {
  const box = await row.boundingBox()
  assert.ok(box)
  const devTools = await page.context().newCDPSession(page)
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
  await devTools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await page.locator('.task[data-selected]').waitFor()
  await devTools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}
