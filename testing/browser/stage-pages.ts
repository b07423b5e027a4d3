// The pages of a journey: each in a browser context of its own, watched for faults.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { rememberAnswers } from './check-page.ts'
import { watch } from './page-faults.ts'
import { noteWithoutScripts } from './without-scripts.ts'

export interface StagePages {
  /** Opens a page in a new browser context. */
  readonly open: (options?: BrowserContextOptions) => Promise<Page>
  /** From now on a page may find that Taskr or Attio does not answer. */
  readonly expectOutage: () => void
  /** Returns the faults of all pages (page-faults.ts). */
  readonly faults: () => readonly string[]
  readonly close: () => Promise<void>
}

export function createStagePages(
  chromium: Browser,
  {
    javaScript,
    otherUrls,
    url,
  }: {
    readonly javaScript: boolean
    readonly url: string
    /** The addresses besides Taskr's that a page may lead to. */
    readonly otherUrls: () => readonly string[]
  },
): StagePages {
  const contexts: BrowserContext[] = []
  const complaints: string[][] = []
  let wasDown = false
  return {
    open: async (more = {}) => {
      const context = await chromium.newContext({
        javaScriptEnabled: javaScript,
        baseURL: url,
        viewport: { width: 1280, height: 860 },
        timezoneId: 'Europe/Berlin',
        locale: 'en-GB',
        // Rows that leave with a movement would make each count of rows wait.
        reducedMotion: 'reduce',
        ...more,
      })
      context.setDefaultTimeout(30_000)
      if (!javaScript) noteWithoutScripts(context)
      contexts.push(context)
      complaints.push(
        watch(
          context,
          () => [url, ...otherUrls()],
          () => wasDown,
        ),
      )
      context.on('page', rememberAnswers)
      return await context.newPage()
    },
    expectOutage: () => {
      wasDown = true
    },
    faults: () => complaints.flat(),
    close: async () => {
      for (const context of contexts) await context.close()
    },
  }
}
