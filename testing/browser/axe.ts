// What axe finds on the page that a browser shows, as short sentences: rule, what is wrong, where.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { z } from 'zod'

/** What can be wrong on a narrow page that is right on a wide one. */
export const rulesOfSize = [
  'target-size',
  'scrollable-region-focusable',
  'aria-hidden-focus',
] as const

/**
 * Returns what axe finds, by all rules or by the given ones. The window is made as tall as
 * the page meanwhile: axe cannot know that what is scrolled under the bar at the foot is not covered by it for good.
 */
export async function findingsByAxe(
  page: Page,
  onlyRules?: readonly string[],
): Promise<readonly string[]> {
  // The one rule of WCAG 2.2 AA that axe leaves off by itself.
  const which =
    onlyRules === undefined
      ? { rules: { 'target-size': { enabled: true } } }
      : { runOnly: [...onlyRules] }
  const size = page.viewportSize()
  if (size !== null) await page.setViewportSize({ ...size, height: await heightOf(page) })
  // In the page alone: otherwise the library opens another one, and there are no frames.
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
