// Returns what axe finds on a page, as short sentences: the rule, the problem, the element.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'

/** The rules that a narrow page can break while the wide one keeps them. */
export const rulesOfSize = [
  'target-size',
  'scrollable-region-focusable',
  'aria-hidden-focus',
] as const

const source = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

const violationsSchema = z.array(
  z.object({
    id: z.string(),
    help: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().default('') })),
  }),
)

/** Brings axe along on every page of the context, for tests that check them all: pages then read it in far less time. */
export async function bringAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: source })
}

/**
 * Returns the violations that axe finds, by all rules or by the given ones. The window is as tall as the page meanwhile,
 * because axe would report content that has only scrolled under the bar at the bottom as covered. Of rows that are
 * alike, axe sees the first, and of parts that `checked` holds, none.
 */
export async function findingsByAxe(
  page: Page,
  onlyRules?: readonly string[],
  checked: Set<string> = new Set(),
): Promise<readonly string[]> {
  const size = page.viewportSize()
  const height = await heightOf(page)
  const isTaller = size !== null && height > size.height
  if (isTaller) await page.setViewportSize({ ...size, height })
  const violations = await violationsIn(page, onlyRules, await takeChecked(page, checked))
  if (isTaller) await page.setViewportSize(size)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) =>
      `${id} (${help}): ${html.slice(0, 160)} ${failureSummary}`.replaceAll(/\s+/g, ' '),
    ),
  )
}

/** The navigation, which is the same on most pages. */
const sharedPart = '.side'

/** Returns the selectors of the parts that were checked before, and remembers those of this page. */
async function takeChecked(page: Page, checked: Set<string>): Promise<readonly string[]> {
  const shown = z
    .string()
    .parse(await page.evaluate(`document.querySelector('${sharedPart}')?.outerHTML ?? ''`))
  if (checked.has(shown)) return [sharedPart]
  checked.add(shown)
  return []
}

async function violationsIn(
  page: Page,
  onlyRules: readonly string[] | undefined,
  leftOut: readonly string[],
): Promise<z.output<typeof violationsSchema>> {
  const which =
    onlyRules === undefined
      ? // The only rule of WCAG 2.2 AA that axe leaves out by default.
        { rules: { 'target-size': { enabled: true } } }
      : { runOnly: onlyRules }
  const options = JSON.stringify({ ...which, resultTypes: ['violations'], preload: false })
  // Reading axe takes longer than most checks, so a page reads it once.
  if (!(await page.evaluate(`'axe' in globalThis`))) await page.evaluate(source)
  return violationsSchema.parse(
    await page.evaluate(
      `axe.run({ exclude: [...(${repeated})(), ...${JSON.stringify(leftOut)}] }, ${options}).then(({ violations }) => violations)`,
    ),
  )
}

/** Runs in the page: returns the elements that differ from an earlier neighbour only in their words, such as rows. */
const repeated = `() => {
  const kindOf = (element) =>
    element.outerHTML.replaceAll(/>[^<]+/g, '>').replaceAll(/ (?!class|role|data-hue)[a-z-]+="[^"]*"/g, '')
  const all = [...document.querySelectorAll('body *')]
  const isRepeated = new Set()
  for (const parent of new Set(all.map((element) => element.parentElement))) {
    if (isRepeated.has(parent)) continue
    const kinds = new Set()
    for (const child of parent.children) {
      const kind = kindOf(child)
      if (kinds.has(kind)) isRepeated.add(child)
      kinds.add(kind)
    }
  }
  return [...isRepeated]
}`

async function heightOf(page: Page): Promise<number> {
  return z.number().parse(await page.evaluate(`document.documentElement.scrollHeight`))
}
