// Checks a page as it is shown: axe finds nothing, its HTML is valid, and it fits the smallest screen.
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Page, Response } from 'playwright-core'
import { z } from 'zod'
import { findingsByAxe, rulesOfSize } from './axe.ts'
import { hasScripts } from './without-scripts.ts'
import { findingsInHtml } from './html-validity.ts'
import { kindsOfElements } from './page-outline.ts'
import { isForPage } from './page-faults.ts'

const lastAnswers = new WeakMap<Page, Response>()

/** Remembers the last answer to each page, for `look`. */
export function rememberAnswers(page: Page): void {
  page.on('response', (response) => {
    const isRedirect = response.status() >= 300 && response.status() < 400
    if (!isRedirect && isForPage(response.request())) lastAnswers.set(page, response)
  })
}

/** The kinds of elements that this process has checked. */
const checked = new Set<string>()
/** The folder in which the processes of a test run note what they have checked; absent for a single file. */
const checkedByOthers = process.env['TASKR_TEST_CHECKED_PAGES']
/** From this width on a page is wide: axe applies all its rules. */
const wide = 1000

export async function look(page: Page): Promise<void> {
  await check(page, await sidewaysScroll(page))
}

/** Checks a page that has just got another width, without measuring it at its narrowest again. Needs scripts. */
export async function lookAtThisWidth(page: Page): Promise<void> {
  await nextFrame(page)
  await check(page, [])
}

/** Fails with what it finds, and with the findings of a check before it. */
async function check(page: Page, before: readonly string[]): Promise<void> {
  const answer = lastAnswers.get(page)
  assert.ok(answer !== undefined, 'No page was opened yet.')
  const where = `${new URL(page.url()).pathname} “${await page.title()}”`
  const source = await answer.text()
  const findings = [...before]
  if (hasNewKinds('sent', source)) findings.push(...(await findingsInHtml(source)))
  const width = page.viewportSize()?.width
  if (hasNewKinds(`shown ${width}`, await shownOn(page))) {
    await page.evaluate(untilMotionEnds)
    findings.push(...(await axeOn(page, source)))
  }
  assert.deepEqual(findings, [], where)
}

/** Runs in the page. Waits for what slides and fades, which covers other things on its way. */
async function untilMotionEnds(): Promise<void> {
  const short = document.getAnimations().filter(({ effect, playState }) => {
    const { endTime = 0 } = effect?.getComputedTiming() ?? {}
    return playState === 'running' && Number(endTime) < 1_000
  })
  await Promise.allSettled(short.map(({ finished }) => finished))
}

/** True when the page has an element of a kind, or in a place, that no page before it had. */
function hasNewKinds(how: string, html: string): boolean {
  return [...kindsOfElements(html)].filter((kind) => isNew(`${how} ${kind}`)).length > 0
}

/** Returns the page with all changes by scripts and people, without what it shows only to browsers of the other kind. */
async function shownOn(page: Page): Promise<string> {
  const html = await page.content()
  return hasScripts(page) ? html.replaceAll(/<noscript>.*?<\/noscript>/gs, '') : html
}

function isNew(key: string): boolean {
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

/**
 * Axe needs timers, which a page without JavaScript lacks: axe then checks a copy of the page as it was sent, without its
 * scripts.
 */
async function axeOn(page: Page, source: string): Promise<readonly string[]> {
  // A narrow page has the same words, names and colours as the wide one.
  const rules = (page.viewportSize()?.width ?? wide) < wide ? rulesOfSize : undefined
  if (hasScripts(page)) return await findingsByAxe(page, rules)
  const browser = page.context().browser()
  assert.ok(browser !== null)
  const copy = await browser.newPage({ viewport: page.viewportSize() })
  const body = source.replaceAll(/<script[^>]*><\/script>|<\/?noscript>/g, '')
  await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html', body }))
  try {
    await copy.goto(page.url())
    return await findingsByAxe(copy, rules)
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

/** The narrowest screen that Taskr supports, in CSS pixels; what fits it fits the wider ones. */
const narrowest = 320

const frameMs = 17

async function sidewaysScroll(page: Page): Promise<string[]> {
  const size = page.viewportSize()
  if (size === null) return []
  await page.setViewportSize({ ...size, width: narrowest })
  if (hasScripts(page)) await nextFrame(page)
  let needed = await neededWidth(page)
  // Without scripts a page cannot say when its next frame is drawn; one that is too wide stays so.
  for (let frame = 0; needed > narrowest && frame < 30; frame += 1) {
    await setTimeout(frameMs)
    needed = await neededWidth(page)
  }
  await page.setViewportSize(size)
  return needed > narrowest ? [`scrolls sideways at ${narrowest} px: ${needed} px wide`] : []
}

async function neededWidth(page: Page): Promise<number> {
  return z.number().parse(await page.evaluate(`document.documentElement.scrollWidth`))
}
