// Pages by limit and offset. The last page has fewer than `limit` items; there is no total count.
import { z } from 'zod'

export type Limits = { readonly byDefault: number; readonly most: number; readonly least?: number }

/** `limit` and `offset` of a query string. assumed: whole numbers without signs, 1 or more. */
export function pageOfQuery({ byDefault, most, least = 1 }: Limits) {
  const whole = z.string().regex(/^\d{1,9}$/, 'Expected a whole number')
  return {
    limit: whole.transform(Number).pipe(z.number().min(least).max(most)).default(byDefault),
    offset: whole.transform(Number).default(0),
  }
}

/** `limit` and `offset` of a JSON body. */
export function pageOfBody({ byDefault, most, least = 1 }: Limits) {
  return {
    limit: z.number().int().min(least).max(most).default(byDefault),
    offset: z.number().int().min(0).default(0),
  }
}

/** Returns the requested page of the items that pass the test; items after the page are not tested. */
export function page<Item>(
  items: readonly Item[],
  { limit, offset }: { limit: number; offset: number },
  test?: (item: Item) => boolean,
): Item[] {
  if (!test) return items.slice(offset, offset + limit)
  const found: Item[] = []
  let skipped = 0
  for (const item of items) {
    if (!test(item)) continue
    if (skipped < offset) skipped += 1
    else if (found.push(item) === limit) break
  }
  return found
}
