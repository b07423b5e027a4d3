// Whether a page is shown in a browser in which JavaScript is on.
import type { Page } from 'playwright-core'
import { z } from 'zod'

export async function hasScripts(page: Page): Promise<boolean> {
  return z.boolean().parse(await page.evaluate(`matchMedia('(scripting: enabled)').matches`))
}
