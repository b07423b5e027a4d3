// The body of the record query and the entry query, and the selected page.
import { z } from 'zod'
import type { Holder } from '../../values/system-values.ts'
import type { Call } from '../requests/call.ts'
import { namedMembers } from '../requests/named-members.ts'
import { page, pageOfBody } from '../requests/pagination.ts'
import { readBody } from '../requests/validation.ts'
import { compileFilter } from './filter.ts'
import { compileSorts, sorts } from './sorts.ts'

const body = z
  .object({
    filter: namedMembers.optional(),
    sorts: sorts.optional(),
    ...pageOfBody({ byDefault: 500, most: 500 }),
  })
  .default({ limit: 500, offset: 0 })

/** Returns the requested page of records or entries. */
export function select<Item extends Holder>(
  call: Call,
  parentId: string,
  holders: readonly Item[],
): Item[] {
  const wanted = readBody(call, body)
  const scope = { world: call.world, workspaceId: call.workspaceId, parentId }
  const test = compileFilter(scope, wanted.filter ?? {})
  const compare = compileSorts(scope, wanted.sorts ?? [])
  // Attio scores a query's complexity. Seen: 0 without filter and sorts; every other query is 1 here.
  const score = test || compare ? '1' : '0'
  call.answerHeaders.set('x-attio-record-query-score', score)
  return page(compare ? holders.toSorted(compare) : holders, wanted, test)
}
