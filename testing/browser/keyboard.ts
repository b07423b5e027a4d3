// Navigates with the keyboard alone: presses Tab until an element has the focus, and checks at every stop that the focus
// is visible.
import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { z } from 'zod'

/** The most Tab presses: a list has many rows with a few tab stops each. */
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

/** Moves to an element with Tab, then presses Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

async function hasFocus(target: Locator): Promise<boolean> {
  return await target.evaluate((element) => element === element.ownerDocument.activeElement)
}

const ring = z.object({ what: z.string(), isVisible: z.boolean() })

/** Checks WCAG 2.2, 2.4.7, unless the focus is on no element or on the whole page. */
async function focusIsVisible(page: Page): Promise<void> {
  const focused = ring.parse(
    await page.evaluate(() => {
      const element = document.activeElement
      if (element === null || element === document.body) return { what: 'page', isVisible: true }
      const isOutlined = (each: Element): boolean => {
        const { outlineStyle, outlineWidth } = getComputedStyle(each)
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
      }
      const isMarked = isOutlined(element) || getComputedStyle(element).boxShadow !== 'none'
      if (isMarked) return { what: element.outerHTML, isVisible: true }
      // A field without an outline of its own stands within the only element that has one.
      const outlined = [...document.querySelectorAll('*')].filter(isOutlined)
      const isVisible = outlined.length === 1 && outlined[0]?.contains(element) === true
      return { what: element.outerHTML, isVisible }
    }),
  )
  assert.ok(focused.isVisible, `The focus cannot be seen on ${focused.what.slice(0, 200)}`)
}
