// The table of changes, for creates with a lost answer. Some queries span all accounts, since a task at Attio tells
// only which app created it.
import { chunksOf } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import type { ChangeId, ConnectionId, TaskId, WorkspaceId } from '../../support/ids.ts'
import { unfinished } from './change-states.ts'

/** Lists creates and notes with a lost answer by their hash and workspace, over all accounts, in order. */
export async function listUnknownCreates(
  db: Db,
  workspaceId: WorkspaceId,
  hash: string,
): Promise<readonly ChangeId[]> {
  const rows = await db
    .selectFrom('changes')
    .select('change_id')
    .where('workspace_id', '=', workspaceId)
    .where('content_hash', '=', hash)
    .where('sent_at', 'is not', null)
    .where('status', 'in', unfinished)
    .orderBy('change_id')
    .execute()
  return rows.map((row) => row.change_id)
}

/** True when the connection has a create with a lost answer. */
export async function hasUnknownCreates(db: Db, connectionId: ConnectionId): Promise<boolean> {
  const row = await unknownOf(db, connectionId).limit(1).executeTakeFirst()
  return row !== undefined
}

/** Returns those of the hashes that belong to the connection's creates with a lost answer. */
export async function listUnknownHashes(
  db: Db,
  connectionId: ConnectionId,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const unknown = new Set<string>()
  for (const some of chunksOf(hashes)) {
    const rows = await unknownOf(db, connectionId).where('content_hash', 'in', some).execute()
    for (const row of rows) if (row.content_hash !== null) unknown.add(row.content_hash)
  }
  return unknown
}

function unknownOf(db: Db, connectionId: ConnectionId) {
  return db
    .selectFrom('changes')
    .select('content_hash')
    .where('connection_id', '=', connectionId)
    .where('sent_at', 'is not', null)
    .where('status', 'in', unfinished)
}

/** Returns those of the tasks that a change is known to have created, over all accounts. */
export async function listKnownCreations(
  db: Db,
  taskIds: readonly TaskId[],
): Promise<ReadonlySet<TaskId>> {
  if (taskIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('changes')
    .select('created_task_id')
    .where('created_task_id', 'in', taskIds)
    .execute()
  return new Set(rows.flatMap((row) => row.created_task_id ?? []))
}

/** Returns those of the notes that a change is known to have created, over all accounts. */
export async function listKnownNotes(
  db: Db,
  noteIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (const some of chunksOf(noteIds)) {
    const rows = await db
      .selectFrom('changes')
      .select('created_note_id')
      .where('created_note_id', 'in', some)
      .execute()
    for (const row of rows) if (row.created_note_id !== null) known.add(row.created_note_id)
  }
  return known
}
