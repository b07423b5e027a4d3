// Looks at a page as it is shown: no finding of axe, valid as it was sent, and no wider than the smallest screen.
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

/** Remembers what each page was sent, for `look`. */
export function rememberAnswers(page: Page): void {
  page.on('response', (response) => {
    if (isForPage(response.request())) lastAnswers.set(page, response)
  })
}

/** In this process; the tests of one file share it. */
const looked = new Set<string>()
/** Where the files of a test run tell each other; none where one runs alone. */
const lookedElsewhere = process.env['TASKR_TEST_LOOKED']

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
  if (looked.has(key)) return false
  looked.add(key)
  return lookedElsewhere === undefined || isFirst(join(lookedElsewhere, hash('sha256', key)))
}

/** Of all processes, one makes the file. */
function isFirst(file: string): boolean {
  try {
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** With all that scripts and people have changed of it. */
async function shapeShown(page: Page): Promise<string> {
  const shape = shapeOfPage(await page.content())
  const isPlain = !hasScripts(page) && shape.includes('<noscript>')
  return `${await page.title()} ${page.viewportSize()?.width} ${isPlain ? 'without scripts' : ''} ${shape}`
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

async function sidewaysScroll(page: Page): Promise<string[]> {
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
