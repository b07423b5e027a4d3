// Looks at a page on every size of screen: wide, a tablet, and two phones.
import type { Page } from 'playwright-core'
import { look, lookAtThisWidth } from './check-page.ts'
import { hasScripts } from './without-scripts.ts'

const widths = [1280, 768, 390, 320]

export async function lookAtEverySize(page: Page): Promise<void> {
  // Without scripts the same HTML is shown, so one size is enough.
  if (!hasScripts(page)) return await look(page)
  const before = page.viewportSize()
  const [widest = 0, ...narrower] = widths
  await page.setViewportSize({ width: widest, height: 860 })
  await look(page)
  for (const width of narrower) {
    await page.setViewportSize({ width, height: 860 })
    // At its narrowest the page is the same from every width, and `look` has measured it there.
    await lookAtThisWidth(page)
  }
  if (before !== null) await page.setViewportSize(before)
}
