// Looks at a page on every size of screen: wide, a tablet, and two phones.
import type { Page } from 'playwright-core'
import { look } from './check-page.ts'
import { hasScripts } from './without-scripts.ts'

const widths = [1280, 768, 390, 320]

export async function lookAtEverySize(page: Page): Promise<void> {
  // Without scripts the same HTML is shown, so one size is enough.
  if (!hasScripts(page)) return await look(page)
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 860 })
    await look(page)
  }
  if (before !== null) await page.setViewportSize(before)
}
