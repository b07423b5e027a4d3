// Remembers which browser contexts have JavaScript switched off: a page cannot be asked during a navigation.
import type { BrowserContext, Page } from 'playwright-core'

const without = new WeakSet<BrowserContext>()

export function noteWithoutScripts(context: BrowserContext): void {
  without.add(context)
}

export function hasScripts(page: Page): boolean {
  return !without.has(page.context())
}
