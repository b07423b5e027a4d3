// The team page, a record's tasks, and the command palette.
import assert from 'node:assert/strict'
import { look } from '../../testing/browser/check-page.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { quote, rowOf } from '../../testing/browser/task-steps.ts'

journeys('the team, records and commands', (journey) => {
  journey('the team page shows what each member has to do', async ({ stage, javaScript }) => {
    const page = await settled(stage)
    if (javaScript) {
      await page.keyboard.press('g')
      await page.keyboard.press('m')
    } else {
      await page.getByRole('link', { name: 'Team' }).click()
    }
    await page.getByRole('heading', { name: 'Team', level: 1 }).waitFor()
    for (const width of [1280, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 800 })
      await look(page)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    const line = page.getByRole('row').filter({ hasText: 'Ben' }).first()
    const open = Number(
      await line
        .getByRole('cell')
        .last()
        .locator('a')
        .evaluate((link) => link.lastChild?.textContent),
    )
    await line.getByRole('rowheader').getByRole('link').click()
    await page.getByRole('list', { name: 'Filters' }).getByText('Ben').waitFor()
    const views = page.getByRole('navigation', { name: 'Views' })
    const count = views.getByRole('link', { name: /^Open/ }).locator('.count')
    assert.equal(Number(await count.textContent()), open)
  })

  journey('a record and a member are opened from the palette', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await settled(stage)
    const palette = page.getByRole('dialog', { name: 'Commands' })
    await page.keyboard.press('Control+k')
    const [first, second] = await palette.getByRole('option').all()
    const [above, below] = [await first?.boundingBox(), await second?.boundingBox()]
    assert.ok(above && below)
    assert.equal(below.x, above.x)
    assert.equal(below.width, above.width)
    await page.keyboard.type('initech')
    await palette.getByRole('option', { name: /^Initech/ }).waitFor()
    await look(page)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Initech', level: 1 }).waitFor()
    await rowOf(page, quote).waitFor()
    // The entry that was used last comes first.
    await page.keyboard.press('Control+k')
    await palette.getByRole('option').first().getByText('Initech').waitFor()
    await page.keyboard.type('ben')
    await palette.getByRole('option', { name: /^Ben/ }).click()
    await page.getByRole('list', { name: 'Filters' }).getByText('Ben').waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('time zone')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/settings#time-zone/)
  })
})
