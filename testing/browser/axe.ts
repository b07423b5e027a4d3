// Returns what axe finds on a page, as short sentences: the rule, the problem, the element.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { z } from 'zod'

/** The rules that a narrow page can break while the wide one keeps them. */
export const rulesOfSize = [
  'target-size',
  'scrollable-region-focusable',
  'aria-hidden-focus',
] as const

/**
 * Returns the violations that axe finds, by all rules or by the given ones. The window is as tall as the page meanwhile,
 * because axe would report content that has only scrolled under the bar at the bottom as covered.
 */
export async function findingsByAxe(
  page: Page,
  onlyRules?: readonly string[],
): Promise<readonly string[]> {
  // The only rule of WCAG 2.2 AA that axe leaves out by default.
  const which =
    onlyRules === undefined
      ? { rules: { 'target-size': { enabled: true } } }
      : { runOnly: [...onlyRules] }
  const size = page.viewportSize()
  if (size !== null) await page.setViewportSize({ ...size, height: await heightOf(page) })
  // Legacy mode stays in the page: otherwise the library opens a second one, which only frames need.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await axe
    .options({ resultTypes: ['violations'], preload: false, ...which })
    .analyze()
  if (size !== null) await page.setViewportSize(size)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) =>
      `${id} (${help}): ${html.slice(0, 160)} ${failureSummary}`.replaceAll(/\s+/g, ' '),
    ),
  )
}

async function heightOf(page: Page): Promise<number> {
  return z.number().parse(await page.evaluate(`document.documentElement.scrollHeight`))
}
