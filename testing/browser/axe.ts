// What axe finds on the page that a browser shows, as short sentences: rule, what is wrong, where.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const results = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
})

/** What can be wrong on a narrow page that is right on a wide one. */
export const rulesOfSize = [
  'target-size',
  'scrollable-region-focusable',
  'aria-hidden-focus',
] as const

/**
 * Injected by the browser's own tooling, which no content security policy stops and no page can see. The
 * window is made as tall as the page meanwhile: what is scrolled under the bar at the foot is not covered
 * by it for good, but axe cannot know.
 */
export async function findingsByAxe(
  page: Page,
  onlyRules?: readonly string[],
): Promise<readonly string[]> {
  await putAxeIn(page)
  // The one rule of WCAG 2.2 AA that axe leaves off by itself.
  const which =
    onlyRules === undefined
      ? { rules: { 'target-size': { enabled: true } } }
      : { runOnly: onlyRules }
  const options = { resultTypes: ['violations'], preload: false, ...which }
  const size = page.viewportSize()
  if (size !== null) await page.setViewportSize({ ...size, height: await heightOf(page) })
  const found = results.parse(await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`))
  if (size !== null) await page.setViewportSize(size)
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) =>
      `${id} (${help}): ${html.slice(0, 160)} ${failureSummary}`.replaceAll(/\s+/g, ' '),
    ),
  )
}

const times = new WeakMap<Page, number>()

/** It is large: a page that is looked at again and again has it from its next address on. */
async function putAxeIn(page: Page): Promise<void> {
  if (await page.evaluate(`'axe' in window`)) return
  const time = (times.get(page) ?? 0) + 1
  times.set(page, time)
  await page.evaluate(source)
  if (time === 5) await page.addInitScript({ content: source })
}

async function heightOf(page: Page): Promise<number> {
  return z.number().parse(await page.evaluate(`document.documentElement.scrollHeight`))
}
