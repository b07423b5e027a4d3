// Counts what a job costs a person: keys, clicks and page loads. Typed text is not counted.
import type { Locator, Page } from 'playwright-core'

export interface WorkCounter {
  readonly press: (key: string) => Promise<void>
  readonly click: (what: Locator) => Promise<void>
  readonly counts: () => { readonly keys: number; readonly clicks: number; readonly loads: number }
  /** Prints the counts, as the result of the journey. */
  readonly print: (job: string) => void
}

export function countWork(page: Page): WorkCounter {
  let keys = 0
  let clicks = 0
  let loads = 0
  page.on('request', (request) => {
    const isPage = request.isNavigationRequest() && request.redirectedFrom() === null
    if (isPage && request.frame() === page.mainFrame()) loads += 1
  })
  const counts = () => ({ keys, clicks, loads })
  return {
    press: async (key) => {
      keys += 1
      await page.keyboard.press(key)
    },
    click: async (what) => {
      clicks += 1
      await what.click()
    },
    counts,
    print: (job) => {
      console.log(`${job}: ${keys} keys, ${clicks} clicks, ${loads} page loads`)
    },
  }
}
