// The table of workspace members, to whom tasks can be assigned.
import { setImmediate } from 'node:timers/promises'
import { sql, type Selectable } from 'kysely'
import {
  chunksByOwner,
  chunksOf,
  repeatedQuery,
  rowsWithWords,
  type WordClause,
} from '../../database/open-database.ts'
import type { Db, Tables } from '../../database/tables.ts'
import { asMemberId, type ConnectionId, type MemberId } from '../../support/ids.ts'
import { mapInTurns } from '../../support/in-turns.ts'
import { wordsOfMember } from '../searching/indexed-words.ts'

export interface MirroredMember {
  readonly connectionId: ConnectionId
  readonly memberId: MemberId
  readonly firstName: string
  readonly lastName: string
  readonly emailAddress: string
  readonly accessLevel: string
  /** True when another member of the workspace has the same name. */
  readonly sharesName?: true
}

export async function listMembers(
  db: Db,
  connectionIds: readonly ConnectionId[],
): Promise<readonly MirroredMember[]> {
  if (connectionIds.length === 0) return []
  const rows = await db
    .selectFrom('workspace_members')
    .selectAll()
    .where('connection_id', 'in', connectionIds)
    .execute()
  return rows.map(fromRow)
}

/** Returns the first members by name, without suspended ones. */
export async function listFirstMembers(
  db: Db,
  connectionId: ConnectionId,
  limit: number,
): Promise<readonly MirroredMember[]> {
  const rows = await db
    .selectFrom('workspace_members')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('access_level', '<>', 'suspended')
    .orderBy('first_name')
    .orderBy('last_name')
    .orderBy('workspace_member_id')
    .limit(limit)
    .execute()
  return rows.map(fromRow)
}

/** Returns a page of the connection's members by name, without those that have one of the IDs, and how many these are. */
export async function pageOfMembers(
  db: Db,
  connectionId: ConnectionId,
  { without, limit, offset }: MemberPage,
): Promise<{ readonly members: readonly MirroredMember[]; readonly total: number }> {
  const others = db
    .selectFrom('workspace_members')
    .where('connection_id', '=', connectionId)
    .$if(without.length > 0, (members) => members.where('workspace_member_id', 'not in', without))
  const [rows, counted] = await Promise.all([
    others
      .selectAll()
      .orderBy('first_name')
      .orderBy('last_name')
      .orderBy('workspace_member_id')
      .limit(limit)
      .offset(offset)
      .execute(),
    others.select((where) => where.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
  ])
  return { members: rows.map(fromRow), total: counted.total }
}

export interface MemberPage {
  readonly without: readonly MemberId[]
  readonly limit: number
  readonly offset: number
}

/** Returns those members of the connections that have one of the IDs, which may be of several connections. */
export async function findMembers(
  db: Db,
  byConnection: ReadonlyMap<ConnectionId, readonly MemberId[]>,
): Promise<readonly MirroredMember[]> {
  const found: MirroredMember[] = []
  for (const pieces of chunksByOwner(byConnection)) {
    found.push(...(await membersOf(db, pieces)).map(fromRow))
  }
  return found
}

const membersOf = repeatedQuery(
  (db, pieces: readonly { readonly owner: ConnectionId; readonly ids: readonly MemberId[] }[]) =>
    db
      .selectFrom('workspace_members')
      .selectAll()
      .where((where) =>
        where.or(
          pieces.map(({ owner, ids }) =>
            where.and([
              where('connection_id', '=', owner),
              where('workspace_member_id', 'in', ids),
            ]),
          ),
        ),
      ),
)

/** Locks an active member until the transaction ends. Returns false for one who is suspended or not there. */
export async function lockActiveMember(
  db: Db,
  connectionId: ConnectionId,
  memberId: MemberId,
): Promise<boolean> {
  const result = await db
    .updateTable('workspace_members')
    .set({ access_level: sql<string>`access_level` })
    .where('connection_id', '=', connectionId)
    .where('workspace_member_id', '=', memberId)
    .where('access_level', '<>', 'suspended')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Returns at most `limit` members whose names or e-mail addresses have a word of every clause. */
export async function searchMembers(
  db: Db,
  connectionIds: readonly ConnectionId[],
  search: { readonly clauses: readonly WordClause[]; readonly limit: number },
): Promise<readonly MirroredMember[]> {
  if (connectionIds.length === 0) return []
  const rows = await db
    .selectFrom(rowsWithWords(db, 'workspace_members', search))
    .selectAll()
    .where('connection_id', 'in', connectionIds)
    .execute()
  return rows.map(fromRow)
}

/** Writes the words of at most `limit` rows that have none yet. Returns how many rows it wrote. */
export async function fillMemberWords(db: Db, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('workspace_members')
    .selectAll()
    .where('search_words', 'is', null)
    .limit(limit)
    .execute()
  for (const member of rows.map(fromRow)) {
    await db
      .updateTable('workspace_members')
      .set({ search_words: wordsOfMember(member) })
      .where('connection_id', '=', member.connectionId)
      .where('workspace_member_id', '=', member.memberId)
      .where('first_name', '=', member.firstName)
      .where('last_name', '=', member.lastName)
      .where('email_address', '=', member.emailAddress)
      .execute()
  }
  return rows.length
}

/**
 * Replaces the connection's members by Attio's list, and writes only rows that differ. Rows are written in the order
 * of their IDs, so that concurrent refreshes wait for each other instead of deadlocking. Each step over a
 * whole long list is a turn of the event loop of its own.
 */
export async function replaceMembers(
  db: Db,
  connectionId: ConnectionId,
  members: readonly MirroredMember[],
  observedAt: number,
): Promise<void> {
  const known = await readStoredMembers(db, connectionId)
  const knownAs = new Map(
    await mapInTurns(known, (member) => [member.memberId, JSON.stringify(member)] as const),
  )
  const listed = new Map((await markShared(members)).map((member) => [member.memberId, member]))
  await restAfter(members)
  const removed = known.map(({ memberId }) => memberId).filter((id) => !listed.has(id))
  for (const some of chunksOf(removed.toSorted())) {
    await db
      .deleteFrom('workspace_members')
      .where('connection_id', '=', connectionId)
      .where('workspace_member_id', 'in', some)
      .execute()
  }
  const inOrder = [...listed.values()].toSorted((one, other) =>
    one.memberId < other.memberId ? -1 : 1,
  )
  await restAfter(members)
  const isChanged = await mapInTurns(
    inOrder,
    (member) => knownAs.get(member.memberId) !== JSON.stringify(member),
  )
  const changed = inOrder.filter((_, at) => isChanged[at])
  for (let at = 0; at < changed.length; at += savedInOneTurn) {
    for (const some of chunksOf(changed.slice(at, at + savedInOneTurn))) {
      await saveMembers(db, some, observedAt)
    }
    await setImmediate()
  }
}

async function restAfter({ length }: readonly MirroredMember[]): Promise<void> {
  if (length > longList) await setImmediate()
}

const longList = 2_000
/** A row is written to the search index, too. */
const savedInOneTurn = 30
const readInOneTurn = 500

/** Lists the members of a workspace in turns of the event loop: some have twenty thousand. */
export async function readStoredMembers(
  db: Db,
  connectionId: ConnectionId,
): Promise<readonly MirroredMember[]> {
  const members: MirroredMember[] = []
  for (;;) {
    const last = members.at(-1)?.memberId
    const rows = await db
      .selectFrom('workspace_members')
      .selectAll()
      .where('connection_id', '=', connectionId)
      .$if(last !== undefined, (rest) =>
        rest.where('workspace_member_id', '>', last ?? asMemberId('')),
      )
      .orderBy('workspace_member_id')
      .limit(readInOneTurn)
      .execute()
    members.push(...rows.map(fromRow))
    if (rows.length < readInOneTurn) return members
    await setImmediate()
  }
}

/** Marks the members whose name another one has, too, in any case and however it is encoded. */
async function markShared(members: readonly MirroredMember[]): Promise<readonly MirroredMember[]> {
  const keys = await mapInTurns(members, ({ firstName, lastName }) =>
    `${firstName} ${lastName}`.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase(),
  )
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  await restAfter(members)
  return members.map((member, at) =>
    (counts.get(keys[at] ?? '') ?? 0) > 1 ? { ...member, sharesName: true } : member,
  )
}

async function saveMembers(
  db: Db,
  members: readonly MirroredMember[],
  observedAt: number,
): Promise<void> {
  await db
    .insertInto('workspace_members')
    .values(
      members.map((member) => ({
        connection_id: member.connectionId,
        workspace_member_id: member.memberId,
        first_name: member.firstName,
        last_name: member.lastName,
        email_address: member.emailAddress,
        access_level: member.accessLevel,
        shares_name: member.sharesName === true ? (1 as const) : (0 as const),
        observed_at: observedAt,
        search_words: wordsOfMember(member),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['connection_id', 'workspace_member_id']).doUpdateSet((excluded) => ({
        first_name: excluded.ref('excluded.first_name'),
        last_name: excluded.ref('excluded.last_name'),
        email_address: excluded.ref('excluded.email_address'),
        access_level: excluded.ref('excluded.access_level'),
        shares_name: excluded.ref('excluded.shares_name'),
        observed_at: excluded.ref('excluded.observed_at'),
        search_words: excluded.ref('excluded.search_words'),
      })),
    )
    .execute()
}

export async function removeMembers(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('workspace_members').where('connection_id', '=', connectionId).execute()
}

function fromRow(row: Selectable<Tables['workspace_members']>): MirroredMember {
  return {
    connectionId: row.connection_id,
    memberId: row.workspace_member_id,
    firstName: row.first_name,
    lastName: row.last_name,
    emailAddress: row.email_address,
    accessLevel: row.access_level,
    ...(row.shares_name === 1 && { sharesName: true }),
  }
}
