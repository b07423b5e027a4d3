// Finding one's way with the keyboard alone: Tab until it has the focus, seeing at every stop where one is.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { z } from 'zod'

/** A row of the list has a few stops, and a list has many rows. */
const mostStops = 200

export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached' })
  for (let stops = 0; stops < mostStops; stops++) {
    await page.keyboard.press('Tab')
    await focusIsVisible(page)
    if (await hasFocus(target)) return
  }
  assert.fail(`${String(target)} cannot be reached by Tab.`)
}

/** Tab as far as it, then Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

async function hasFocus(target: Locator): Promise<boolean> {
  return await target.evaluate((element) => element === element.ownerDocument.activeElement)
}

const ring = z.object({ what: z.string(), isVisible: z.boolean() })

/** WCAG 2.2, 2.4.7. Where the focus is on nothing, or on the page as a whole, there is nothing to be seen. */
async function focusIsVisible(page: Page): Promise<void> {
  const focused = ring.parse(
    await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return { what: 'page', isVisible: true }
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
      return { what: element.outerHTML, isVisible: hasOutline || boxShadow !== 'none' }
    }),
  )
  assert.ok(focused.isVisible, `The focus cannot be seen on ${focused.what.slice(0, 200)}`)
}
