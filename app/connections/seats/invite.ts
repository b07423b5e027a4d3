// Invites workspace members: each gets a link with a 256-bit secret, for one use within seven days.
import type { MemberId } from '../../support/ids.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { Secret } from '../../support/secret.ts'
import type { Connection } from '../connection-store.ts'
import { putInvitation } from './invitation-store.ts'
import type { SeatMember, SeatParts } from './seat-parts.ts'
import { findActiveSeatOfMember, type SeatRights } from './seat-store.ts'

export const invitationMs = 7 * 24 * 3_600_000
const secretBytes = 32

export interface Invited {
  readonly member: SeatMember
  /** The end of the invitation's address. It is shown once, and stored as a hash. */
  readonly secret: Secret
}

/** Invites members; suspended and unknown ones, the owner's own and those who are in already are left out. */
export async function inviteMembers(
  parts: SeatParts,
  connection: Connection,
  memberIds: readonly MemberId[],
  rights: SeatRights,
): Promise<readonly Invited[]> {
  const invited: Invited[] = []
  for (const memberId of new Set(memberIds)) {
    if (memberId === connection.memberId) continue
    const member = await parts.steps.findMember(connection.connectionId, memberId)
    if (member === undefined || member.isSuspended) continue
    const secret = await inviteOne(parts, connection, member, rights)
    if (secret !== undefined) invited.push({ member, secret })
  }
  if (invited.length > 0) parts.live.changed(connection.accountId)
  return invited
}

async function inviteOne(
  parts: SeatParts,
  { accountId, connectionId, workspaceName }: Connection,
  member: SeatMember,
  { sees, mayLink }: SeatRights,
): Promise<Secret | undefined> {
  const { memberId } = member
  const secret = Buffer.from(parts.randomBytes(secretBytes)).toString('base64url')
  const createdAt = parts.clock.now()
  const isInvited = await parts.database.transaction(async (db) => {
    if ((await findActiveSeatOfMember(db, connectionId, memberId)) !== undefined) return false
    await putInvitation(db, connectionId, {
      memberId,
      sees,
      mayLink,
      secretHash: sha256Base64Url(secret),
      createdAt,
      expiresAt: createdAt + invitationMs,
    })
    await parts.accounts.recordEvent(db, accountId, {
      kind: 'invited',
      connectionId,
      details: { workspace: workspaceName, member: member.name, by: 'link' },
    })
    return true
  })
  return isInvited ? new Secret(secret) : undefined
}
