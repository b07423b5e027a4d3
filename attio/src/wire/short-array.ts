// Arrays inside a resource. zod reports every wrong item, so a long array of them would take seconds.
import { z } from 'zod'

const mostItems = 1_000

/** An array of at most 1,000 items, whose number is checked first. */
export function shortArray<Item extends z.ZodType>(item: Item) {
  return z
    .custom<unknown[]>(Array.isArray, 'expected array')
    .refine(({ length }) => length <= mostItems, `expected at most ${mostItems} items`)
    .pipe(z.array(item))
}
