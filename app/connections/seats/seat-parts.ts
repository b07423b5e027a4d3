// The dependencies of the functions in this folder, and the steps of other parts that run inside their transactions.
import type { Accounts } from '../../accounts/accounts.ts'
import type { Db } from '../../database/tables.ts'
import type { Mail } from '../../mail/mail.ts'
import type { Secret } from '../../support/secret.ts'
import type { AccountId, ConnectionId, MemberId } from '../../support/ids.ts'
import type { ConnectionParts } from '../connection-parts.ts'

/** A workspace member as Attio last listed them. */
export interface SeatMember {
  readonly memberId: MemberId
  readonly name: string
  readonly emailAddress: string
  readonly isSuspended: boolean
}

export interface SeatParts extends Omit<ConnectionParts, 'accounts'> {
  readonly accounts: ConnectionParts['accounts'] & Pick<Accounts, 'verifiedAddressOf'>
  readonly steps: SeatSteps
  readonly mail: Pick<Mail, 'isOn' | 'queue'>
  /** The whole address of an invitation. */
  readonly invitationAddress: (secret: Secret) => Secret
}

export interface SeatSteps {
  /** Finds a member in the copy of the workspace. */
  readonly findMember: (
    connectionId: ConnectionId,
    memberId: MemberId,
  ) => Promise<SeatMember | undefined>
  /**
   * Returns whether the member is active, and keeps the member so until the transaction ends: a sync that suspends them
   * waits, and then ends the seat that the transaction added.
   */
  readonly lockActiveMember: (
    db: Db,
    connectionId: ConnectionId,
    memberId: MemberId,
  ) => Promise<boolean>
  /** Ends the account's unsent changes on the connection, and returns the texts of their tasks. */
  readonly endChanges: (
    db: Db,
    connectionId: ConnectionId,
    accountId: AccountId,
  ) => Promise<readonly string[]>
  /** Moves the rest of a connection, such as its webhook's secret, to another owner. */
  readonly moveOwner: readonly OwnerStep[]
}

export type OwnerStep = (
  db: Db,
  connectionId: ConnectionId,
  move: { readonly from: AccountId; readonly to: AccountId },
) => Promise<void>
