// The members of a workspace for whom it may be decided who works in it: a page of all, or those that a search finds.
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import type { Mirror, MirroredMember } from '../mirror.ts'
import { everyMemberNamed } from './suggest-names.ts'

export interface ColleagueQuery {
  /** What their names or e-mail addresses have; every name when empty. */
  readonly text: string
  /** Members who are left out. */
  readonly without: readonly MemberId[]
  /** From 1. A page beyond the end is the last one. */
  readonly page: number
  readonly perPage: number
}

export interface Colleagues {
  readonly members: readonly MirroredMember[]
  readonly page: number
  readonly pages: number
  /** How many members there are on all pages; of a search, at most 200. */
  readonly total: number
}

/** Lists members by name, suspended ones included. */
export async function listColleagues(
  mirror: Pick<Mirror, 'pageOfMembers' | 'searchMembers'>,
  connectionId: ConnectionId,
  query: ColleagueQuery,
): Promise<Colleagues> {
  return query.text.trim() === ''
    ? await listAll(mirror, connectionId, query)
    : await listFound(mirror, connectionId, query)
}

async function listAll(
  mirror: Pick<Mirror, 'pageOfMembers'>,
  connectionId: ConnectionId,
  { page, perPage, without }: ColleagueQuery,
): Promise<Colleagues> {
  const read = async (at: number) => {
    const offset = (at - 1) * perPage
    return await mirror.pageOfMembers(connectionId, { without, limit: perPage, offset })
  }
  const { members, total } = await read(page)
  const pages = Math.max(1, Math.ceil(total / perPage))
  if (page <= pages) return { members, page, pages, total }
  return { ...(await read(pages)), page: pages, pages }
}

async function listFound(
  mirror: Pick<Mirror, 'searchMembers'>,
  connectionId: ConnectionId,
  { page, perPage, text, without }: ColleagueQuery,
): Promise<Colleagues> {
  const isLeftOut = new Set(without)
  const found = (await everyMemberNamed(mirror, [connectionId], text))
    .filter(({ memberId }) => !isLeftOut.has(memberId))
    .toSorted((one, other) => spoken(one).localeCompare(spoken(other), 'en'))
  const pages = Math.max(1, Math.ceil(found.length / perPage))
  const shown = Math.min(page, pages)
  const members = found.slice((shown - 1) * perPage, shown * perPage)
  return { members, page: shown, pages, total: found.length }
}

function spoken({ firstName, lastName }: MirroredMember): string {
  return `${firstName} ${lastName}`
}
