// Reads the query of a task list from its address.
import { z } from 'zod'
import { asConnectionId, asMemberId } from '../../support/ids.ts'
import { taskViews, whoseChoices, type ListAddress, type ListFilters } from '../addresses.ts'
import { Problem } from '../problem.ts'
import { longestSearch } from './finding/search-field.ts'

/** The filters as an address or a hidden field names them. */
export const filterFields = {
  whose: z.enum(whoseChoices).default('mine'),
  workspace: z.string().max(64).optional(),
  member: z.string().min(1).max(64).optional(),
  record: z.string().min(1).max(64).optional(),
  q: z
    .string()
    // HTML has no NUL, so the field could not show one.
    .transform((text) => text.replaceAll('\0', '').slice(0, longestSearch).trim())
    .optional(),
}

const listQuery = z.object({
  view: z.enum(taskViews).default('today'),
  ...filterFields,
  page: z.coerce.number().int().min(1).max(100_000).default(1),
})

/** The same addresses are read several times for each page. */
const known = new Map<string, ListAddress>()
const mostKnown = 500
const longestKnown = 500

/** Answers 404 to an invalid query instead of showing another list. */
export function readListQuery(address: string): ListAddress {
  const before = known.get(address)
  if (before !== undefined) return before
  const query = parseListQuery(address)
  if (known.size >= mostKnown) known.clear()
  if (address.length <= longestKnown) known.set(address, query)
  return query
}

function parseListQuery(address: string): ListAddress {
  const { searchParams } = new URL(address, 'https://taskr.invalid')
  const parsed = listQuery.safeParse(Object.fromEntries(searchParams))
  if (!parsed.success) throw new Problem({ kind: 'not-found' })
  const { view, page } = parsed.data
  return { view, page, ...filtersOf(parsed.data) }
}

/** Reads the filters from parsed fields. An empty search is none. */
export function filtersOf({
  whose,
  workspace,
  member,
  record,
  q,
}: z.output<z.ZodObject<typeof filterFields>>): ListFilters {
  return { whose, workspace, member, record, text: q === '' ? undefined : q }
}

/** Returns the filters as a list of tasks takes them. */
export function taskFiltersOf({ whose, workspace, member, record, text }: ListFilters) {
  return {
    whose,
    memberId: member === undefined ? undefined : asMemberId(member),
    recordId: record,
    text,
    connectionId: workspace === undefined ? undefined : asConnectionId(workspace),
  }
}
