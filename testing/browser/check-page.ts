// Checks a page as it is shown: axe finds nothing, its HTML is valid, and it fits the smallest screen.
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, Response } from 'playwright-core'
import { z } from 'zod'
import { findingsByAxe } from './axe.ts'
import { hasScripts } from './without-scripts.ts'
import { findingsInHtml } from './html-validity.ts'
import { shapeOfPage } from './page-outline.ts'
import { isForPage } from './page-faults.ts'

const lastAnswers = new WeakMap<Page, Response>()

/** Remembers the last answer to each page, for `look`. */
export function rememberAnswers(page: Page): void {
  page.on('response', (response) => {
    const isRedirect = response.status() >= 300 && response.status() < 400
    if (!isRedirect && isForPage(response.request())) lastAnswers.set(page, response)
  })
}

/** The shapes that this process has checked. */
const checked = new Set<string>()
/** The folder in which the processes of a test run note the shapes they have checked; absent for a single file. */
const checkedByOthers = process.env['TASKR_TEST_CHECKED_PAGES']

export async function look(page: Page): Promise<void> {
  const answer = lastAnswers.get(page)
  assert.ok(answer !== undefined, 'No page was opened yet.')
  const where = `${new URL(page.url()).pathname} “${await page.title()}”`
  const source = await answer.text()
  const findings = await sidewaysScroll(page)
  if (isNew('sent', shapeOfPage(source))) findings.push(...(await findingsInHtml(source)))
  if (isNew('shown', await shapeShown(page))) findings.push(...(await axeOn(page, source)))
  assert.deepEqual(findings, [], where)
}

function isNew(how: 'sent' | 'shown', shape: string): boolean {
  const key = `${how} ${shape}`
  if (checked.has(key)) return false
  checked.add(key)
  return checkedByOthers === undefined || isFirst(join(checkedByOthers, hash('sha256', key)))
}

/** True for the one process that creates the file. */
function isFirst(file: string): boolean {
  try {
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Returns the shape of the page with all changes by scripts and people. */
async function shapeShown(page: Page): Promise<string> {
  const shape = shapeOfPage(await page.content())
  const isPlain = !hasScripts(page) && shape.includes('<noscript>')
  return `${await page.title()} ${page.viewportSize()?.width} ${isPlain ? 'without scripts' : ''} ${shape}`
}

/**
 * Axe needs timers, which a page without JavaScript lacks: axe then checks a copy of the page as it was sent, without its
 * scripts.
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

/** Waits for a drawn frame: media queries follow a new size of the screen only then. */
async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
  )
}

async function sidewaysScroll(page: Page): Promise<string[]> {
  const size = page.viewportSize()
  if (size === null) return []
  const findings: string[] = []
  for (const width of [320, 360]) {
    await page.setViewportSize({ ...size, width })
    if (hasScripts(page)) await nextFrame(page)
    const needed = z.number().parse(await page.evaluate(`document.documentElement.scrollWidth`))
    if (needed > width) findings.push(`scrolls sideways at ${width} px: ${needed} px wide`)
  }
  await page.setViewportSize(size)
  return findings
}
