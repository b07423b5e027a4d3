// Finding tasks: searching while typing, and filters that stay.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { countWork } from '../../testing/browser/count-work.ts'
import { look } from '../../testing/browser/check-page.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { quote, rowOf } from '../../testing/browser/task-steps.ts'

journeys('finding tasks', (journey) => {
  journey('a task about a company is found in a few keys', async ({ stage, javaScript }) => {
    const page = await settled(stage)
    await page.getByRole('link', { name: 'Mine', exact: true }).click()
    await page.waitForURL((address) => !address.search.includes('everyone'))
    if (!javaScript) {
      await page.getByLabel('Search tasks').fill('initech')
      await page.getByLabel('Search tasks').press('Enter')
      await page.waitForURL(/q=initech/)
      await rowOf(page, quote).waitFor()
      assert.ok((await page.locator('mark').allTextContents()).includes('Initech'))
      await look(page)
      return
    }
    const from = page.url()
    await page.keyboard.press('j')
    const row = await focusedRow(page)
    const work = countWork(page)
    // Here the letters count, too.
    for (const key of Array.from('/initech')) await work.press(key)
    await rowOf(page, quote).waitFor()
    assert.deepEqual(work.counts(), { keys: 8, clicks: 0, loads: 0 })
    work.print('Find a task by its company, letters included')
    await page.waitForURL(/q=initech/)
    assert.ok((await page.locator('mark').allTextContents()).includes('Initech'))
    assert.equal(await page.getByLabel('Search tasks').inputValue(), 'initech')
    for (const width of [1280, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 800 })
      await look(page)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.keyboard.press('ArrowDown')
    assert.match(await focusedRow(page), /^task-/)
    await page.keyboard.press('/')
    await page.keyboard.press('Escape')
    await page.waitForURL(from)
    // Escape restores the place.
    assert.equal(await focusedRow(page), row)
  })

  journey('a search without results offers a way out', async ({ stage, javaScript }) => {
    const page = await settled(stage)
    await page.getByLabel('Search tasks').fill('zzzz')
    if (!javaScript) await page.getByLabel('Search tasks').press('Enter')
    await page.getByRole('heading', { name: 'No tasks match “zzzz”' }).waitFor()
    await look(page)
    await page.getByRole('link', { name: 'Clear filters' }).click()
    await rowOf(page, quote).waitFor()
  })

  journey('filters stay, combine, and every count follows them', async ({ stage, javaScript }) => {
    const page = await settled(stage)
    const loads = countLoads(page)
    await rowOf(page, quote).getByRole('link', { name: 'Initech', exact: true }).click()
    const chips = page.getByRole('list', { name: 'Filters' })
    await chips.getByText('Initech').waitFor()
    assert.equal(loads.length, javaScript ? 0 : 1)
    await look(page)
    const shown = await page.locator('main .task').count()
    const views = page.getByRole('navigation', { name: 'Views' })
    const count = views.getByRole('link', { name: /^Open/ }).locator('.count')
    assert.equal(Number(await count.textContent()), shown)
    await views.getByRole('link', { name: /^Overdue/ }).click()
    await page.waitForURL(/view=overdue.*record=/)
    await chips.getByText('Initech').waitFor()
    await chips.getByRole('link', { name: 'All its tasks' }).click()
    await page.getByRole('heading', { name: 'Initech', level: 1 }).waitFor()
    await page.waitForURL(/view=all&whose=everyone/)
    await look(page)
    await chips.getByRole('link', { name: 'Remove filter Initech' }).click()
    await chips.waitFor({ state: 'detached' })
    // By member.
    await page.goto('/?whose=everyone')
    const avatar = page.locator('main .task .by').first()
    const name = await avatar.locator('.who').getAttribute('title')
    await avatar.click()
    await chips.getByText(name ?? '').waitFor()
    const others = await page
      .locator('main .task')
      .filter({ hasNot: page.locator(`.who[title="${name}"]`) })
      .count()
    assert.equal(others, 0)
  })
})

function countLoads(page: Page): string[] {
  const loads: string[] = []
  page.on('domcontentloaded', () => loads.push(page.url()))
  return loads
}

async function focusedRow(page: Page): Promise<string> {
  return await page.evaluate(() => document.activeElement?.closest('.task')?.id ?? '')
}
