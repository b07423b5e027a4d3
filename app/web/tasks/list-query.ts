// Reads the query of a task list from its address.
import { z } from 'zod'
import { taskViews, whoseChoices, type ListAddress } from '../addresses.ts'
import { Problem } from '../problem.ts'
import { longestSearch } from './finding/search-field.ts'

const listQuery = z.object({
  view: z.enum(taskViews).default('today'),
  whose: z.enum(whoseChoices).default('mine'),
  workspace: z.string().max(64).optional(),
  member: z.string().min(1).max(64).optional(),
  record: z.string().min(1).max(64).optional(),
  q: z
    .string()
    .transform((text) => text.slice(0, longestSearch).trim())
    .optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
})

/** Answers 404 to an invalid query instead of showing another list. */
export function readListQuery(address: string): ListAddress {
  const { searchParams } = new URL(address, 'https://taskr.invalid')
  const parsed = listQuery.safeParse(Object.fromEntries(searchParams))
  if (!parsed.success) throw new Problem({ kind: 'not-found' })
  const { q, ...query } = parsed.data
  // An empty search field is a list without a search.
  return { ...query, text: q === '' ? undefined : q }
}
