// The table of mirrors: for each connection, how far its copy is true, and who reads Attio for it just now.
import { sql, type Selectable } from 'kysely'
import type { Db, Tables } from '../database/tables.ts'
import type { ConnectionId } from '../support/ids.ts'

export interface MirrorState {
  readonly connectionId: ConnectionId
  /** The copy is right as of this instant; undefined before the first walk has finished. */
  readonly asOf: number | undefined
  /** A walk is under way since then. */
  readonly walkStartedAt: number | undefined
  readonly walkTasksSeen: number
  /** Why the last walk failed. */
  readonly problem: MirrorProblem | undefined
}

export type MirrorProblem = 'unreachable' | 'forbidden' | 'unclear'

/** The number is a fence: whoever holds an older one can write nothing any more. */
export interface MirrorLease {
  readonly connectionId: ConnectionId
  readonly number: number
}

export async function listMirrorStates(
  db: Db,
  connectionIds: readonly ConnectionId[],
  at: number,
): Promise<readonly MirrorState[]> {
  if (connectionIds.length === 0) return []
  const rows = await db
    .selectFrom('mirrors')
    .selectAll()
    .where('connection_id', 'in', connectionIds)
    .execute()
  return rows.map((row) => fromRow(row, at))
}

/** Claims the walk of a connection, when nobody has it and the copy is older than `staleBefore`. */
export async function leaseMirror(
  db: Db,
  connectionId: ConnectionId,
  lease: { readonly at: number; readonly until: number; readonly staleBefore: number },
): Promise<MirrorLease | undefined> {
  await db
    .insertInto('mirrors')
    .values({ connection_id: connectionId, walk_tasks_seen: 0, leased_until: 0, lease_number: 0 })
    .onConflict((conflict) => conflict.column('connection_id').doNothing())
    .execute()
  const row = await db
    .updateTable('mirrors')
    .set({
      leased_until: lease.until,
      lease_number: sql<number>`lease_number + 1`,
      walk_started_at: lease.at,
      walk_tasks_seen: 0,
    })
    .where('connection_id', '=', connectionId)
    .where('leased_until', '<=', lease.at)
    .where((where) =>
      where.or([where('as_of', 'is', null), where('as_of', '<=', lease.staleBefore)]),
    )
    .returning('lease_number')
    .executeTakeFirst()
  return row === undefined ? undefined : { connectionId, number: row.lease_number }
}

/** Writes progress down and keeps the lease. False when it was lost: the walk must stop. */
export async function recordProgress(
  db: Db,
  lease: MirrorLease,
  progress: { readonly tasksSeen: number; readonly until: number },
): Promise<boolean> {
  const result = await db
    .updateTable('mirrors')
    .set({ walk_tasks_seen: progress.tasksSeen, leased_until: progress.until })
    .where('connection_id', '=', lease.connectionId)
    .where('lease_number', '=', lease.number)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** A finished walk moves "as of" to when it began; a failed one leaves it and says why. */
export async function recordEnd(
  db: Db,
  lease: MirrorLease,
  ended:
    | { readonly asOf: number }
    | { readonly problem: MirrorProblem | null; readonly restUntil: number },
): Promise<boolean> {
  const result = await db
    .updateTable('mirrors')
    .set({
      walk_started_at: null,
      ...('asOf' in ended
        ? { as_of: ended.asOf, problem: null, leased_until: 0 }
        : { problem: ended.problem, leased_until: ended.restUntil }),
    })
    .where('connection_id', '=', lease.connectionId)
    .where('lease_number', '=', lease.number)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function removeMirrorState(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('mirrors').where('connection_id', '=', connectionId).execute()
}

/** For the one process that a SQLite file has: whoever held a lease before it is dead. */
export async function releaseMirrorLeases(db: Db): Promise<void> {
  await db.updateTable('mirrors').set({ leased_until: 0, walk_started_at: null }).execute()
}

/** Makes the copy due at once, as after a reconnect. */
export async function makeMirrorDue(db: Db, connectionId: ConnectionId): Promise<void> {
  await db
    .updateTable('mirrors')
    .set({
      leased_until: 0,
      problem: null,
      walk_started_at: null,
      lease_number: sql<number>`lease_number + 1`,
    })
    .where('connection_id', '=', connectionId)
    .execute()
}

function fromRow(row: Selectable<Tables['mirrors']>, at: number): MirrorState {
  // A lease that ran out belongs to a process that died: nobody walks.
  const walking = row.walk_started_at !== null && row.leased_until > at
  return {
    connectionId: row.connection_id,
    asOf: row.as_of ?? undefined,
    walkStartedAt: walking ? (row.walk_started_at ?? undefined) : undefined,
    walkTasksSeen: row.walk_tasks_seen,
    problem: problems.find((problem) => problem === row.problem),
  }
}

const problems = ['unreachable', 'forbidden', 'unclear'] as const satisfies readonly MirrorProblem[]
