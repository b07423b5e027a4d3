// The letter that invites a colleague to join a workspace.
import type { Db } from '../database/tables.ts'
import type { AccountId } from '../support/ids.ts'
import type { Secret } from '../support/secret.ts'
import type { MailQueue } from './mail-parts.ts'

export interface Invitation {
  readonly to: string
  readonly invitedBy: string
  readonly workspaceName: string
  /** The whole address of the invitation, with its secret. */
  readonly address: Secret
  readonly validForMs: number
}

/** Queues the mail, in the transaction that makes the invitation. `accountId` is the account that invites. */
export async function mailInvitation(
  mail: MailQueue,
  db: Db,
  accountId: AccountId,
  invitation: Invitation,
): Promise<void> {
  const { address, invitedBy, to, validForMs, workspaceName } = invitation
  const days = Math.max(1, Math.floor(validForMs / (24 * 3_600_000)))
  await mail.queue(db, accountId, {
    kind: 'invitation',
    usefulForMs: validForMs,
    letter: {
      to,
      subject: `${invitedBy} invites you to work with ${workspaceName}'s tasks in Taskr`,
      paragraphs: [
        `${invitedBy} uses Taskr to work with the Attio tasks of ${workspaceName}, and invites you to join.`,
        "Taskr shows your Attio tasks in one fast list. You don't need to be an admin in Attio.",
      ],
      action: { label: 'Join', address: address.reveal() },
      after: [
        `The link works once, for ${days === 1 ? 'one day' : `${days} days`}.`,
        "If you didn't expect this, ignore it.",
      ],
    },
  })
}
