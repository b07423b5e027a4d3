// Invites workspace members: each gets a link with a 256-bit secret, for one use within seven days.
import { mailInvitation } from '../../mail/mail.ts'
import { inTurns } from '../../support/in-turns.ts'
import { isMailAddress } from '../../support/mail-address.ts'
import type { MemberId } from '../../support/ids.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { Secret } from '../../support/secret.ts'
import type { Connection } from '../connection.ts'
import { putInvitation } from './invitation-store.ts'
import type { SeatMember, SeatParts } from './seat-parts.ts'
import { findActiveSeatOfMember, type SeatRights } from './seat-store.ts'

export const invitationMs = 7 * 24 * 3_600_000
const secretBytes = 32

export interface Invited {
  readonly member: SeatMember
  /** The end of the invitation's address. It is shown once, and stored as a hash. */
  readonly secret: Secret
  /** True when the link is mailed to the member's address in Attio, too. */
  readonly isMailed: boolean
}

/** Invites members; suspended and unknown ones, the owner's own and those who are in already are left out. */
export async function inviteMembers(
  parts: SeatParts,
  connection: Connection,
  memberIds: readonly MemberId[],
  rights: SeatRights,
): Promise<readonly Invited[]> {
  const invited: Invited[] = []
  const invitedBy = await nameOfOwner(parts, connection)
  for await (const memberId of inTurns(new Set(memberIds))) {
    if (memberId === connection.memberId) continue
    const member = await parts.steps.findMember(connection.connectionId, memberId)
    if (member === undefined || member.isSuspended) continue
    const one = await inviteOne(parts, connection, { invitedBy, member, rights })
    if (one !== undefined) invited.push(one)
  }
  if (invited.length > 0) parts.live.changed(connection.accountId)
  return invited
}

async function inviteOne(
  parts: SeatParts,
  { accountId, connectionId, workspaceName }: Connection,
  { invitedBy, member, rights }: NewInvitation,
): Promise<Invited | undefined> {
  const { emailAddress, memberId } = member
  const { sees, mayLink } = rights
  const secret = new Secret(Buffer.from(parts.randomBytes(secretBytes)).toString('base64url'))
  const isMailed = parts.mail.isOn && isMailAddress(emailAddress)
  const createdAt = parts.clock.now()
  const isInvited = await parts.database.transaction(async (db) => {
    if ((await findActiveSeatOfMember(db, connectionId, memberId)) !== undefined) return false
    await putInvitation(db, connectionId, {
      memberId,
      sees,
      mayLink,
      secretHash: sha256Base64Url(secret.reveal()),
      createdAt,
      expiresAt: createdAt + invitationMs,
    })
    await parts.accounts.recordEvent(db, accountId, {
      kind: 'invited',
      connectionId,
      details: { workspace: workspaceName, member: member.name, by: isMailed ? 'mail' : 'link' },
    })
    if (isMailed) {
      await mailInvitation(parts.mail, db, accountId, {
        to: emailAddress,
        invitedBy,
        workspaceName,
        address: parts.invitationAddress(secret),
        validForMs: invitationMs,
      })
    }
    return true
  })
  return isInvited ? { member, secret, isMailed } : undefined
}

interface NewInvitation {
  readonly invitedBy: string
  readonly member: SeatMember
  readonly rights: SeatRights
}

/** Returns the owner's name in Attio, which colleagues know. */
async function nameOfOwner(
  { steps }: SeatParts,
  { connectionId, memberId }: Connection,
): Promise<string> {
  const owner = memberId && (await steps.findMember(connectionId, memberId))
  return owner?.name ?? 'A colleague'
}
