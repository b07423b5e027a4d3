// Looks at a page as it is shown: no finding of axe, valid as it was sent, and no wider than the smallest screen.
import assert from 'node:assert/strict'
import type { Page, Response } from 'playwright-core'
import { z } from 'zod'
import { findingsByAxe } from './axe.ts'
import { hasScripts } from './has-scripts.ts'
import { findingsInHtml } from './html.ts'
import { isForPage } from './watch.ts'

const lastAnswers = new WeakMap<Page, Response>()

/** Remembers what each page was sent, for `look`. */
export function rememberAnswers(page: Page): void {
  page.on('response', (response) => {
    if (isForPage(response.request())) lastAnswers.set(page, response)
  })
}

export async function look(page: Page): Promise<void> {
  const answer = lastAnswers.get(page)
  assert.ok(answer !== undefined, 'No page was opened yet.')
  const where = `${new URL(page.url()).pathname} “${await page.title()}”`
  const source = await answer.text()
  const findings = [
    ...(await findingsInHtml(source)),
    ...(await axeOn(page, source)),
    ...(await sidewaysScroll(page)),
  ]
  assert.deepEqual(findings, [], where)
}

/**
 * Axe needs timers, and a page without JavaScript has none: there a copy of the page, as it was sent and with none of
 * its own scripts, is put before axe.
 */
async function axeOn(page: Page, source: string): Promise<readonly string[]> {
  if (hasScripts(page)) return await findingsByAxe(page)
  const browser = page.context().browser()
  assert.ok(browser !== null)
  const copy = await browser.newPage({ viewport: page.viewportSize() })
  const body = source.replaceAll(/<script[^>]*><\/script>|<\/?noscript>/g, '')
  await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html', body }))
  try {
    await copy.goto(page.url())
    return await findingsByAxe(copy)
  } finally {
    await copy.close()
  }
}

async function sidewaysScroll(page: Page): Promise<readonly string[]> {
  const size = page.viewportSize()
  if (size === null) return []
  const findings: string[] = []
  for (const width of [320, 360]) {
    await page.setViewportSize({ ...size, width })
    const needed = z.number().parse(await page.evaluate(`document.documentElement.scrollWidth`))
    if (needed > width) findings.push(`scrolls sideways at ${width} px: ${needed} px wide`)
  }
  await page.setViewportSize(size)
  return findings
}
