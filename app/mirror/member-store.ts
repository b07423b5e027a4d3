// The table of workspace members: whom a task can be assigned to, by name.
import type { Db } from '../database/tables.ts'
import type { ConnectionId, MemberId } from '../support/ids.ts'

export interface MirroredMember {
  readonly connectionId: ConnectionId
  readonly memberId: MemberId
  readonly firstName: string
  readonly lastName: string
  readonly emailAddress: string
  readonly accessLevel: string
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
  return rows.map((row) => ({
    connectionId: row.connection_id,
    memberId: row.workspace_member_id,
    firstName: row.first_name,
    lastName: row.last_name,
    emailAddress: row.email_address,
    accessLevel: row.access_level,
  }))
}

/** The list as Attio gave it replaces what was there, unless that is the same. */
export async function replaceMembers(
  db: Db,
  connectionId: ConnectionId,
  members: readonly MirroredMember[],
  observedAt: number,
): Promise<void> {
  const known = await listMembers(db, [connectionId])
  const words = (all: readonly MirroredMember[]): Set<string> =>
    new Set(all.map((member) => JSON.stringify(member)))
  if (
    known.length === members.length &&
    words(known).symmetricDifference(words(members)).size === 0
  )
    return
  await removeMembers(db, connectionId)
  for (const member of members) {
    await db
      .insertInto('workspace_members')
      .values({
        connection_id: connectionId,
        workspace_member_id: member.memberId,
        first_name: member.firstName,
        last_name: member.lastName,
        email_address: member.emailAddress,
        access_level: member.accessLevel,
        observed_at: observedAt,
      })
      .execute()
  }
}

export async function removeMembers(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('workspace_members').where('connection_id', '=', connectionId).execute()
}
