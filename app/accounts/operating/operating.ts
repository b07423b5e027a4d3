// What operators can do with accounts. Nothing here reads a task, a token, a password or a cookie.

import type { AccountId, EventId } from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { OperatingParts } from './operating-parts.ts'
import { emailKeyOf } from '../mailed/mailed-links.ts'
import { usernameKey } from '../signing-in/username.ts'
import {
  findListedAccount,
  listAccounts,
  listAccountsNamed,
  listUsernames,
  type ListedAccount,
} from './account-list-store.ts'
import {
  endSessionsOf,
  lockAccount,
  unlockAccount,
  type Locked,
  type Locking,
} from './lock-account.ts'
import type { Actor } from './note-action.ts'
import { listOperatorEvents, type OperatorEvent } from './operator-event-store.ts'
import {
  mailResetLink,
  makeResetLink,
  makeSignUpLink,
  type ResetLinkMailed,
  type SignUpLinkMade,
} from './operator-links.ts'
import { removeSecondFactor } from './remove-second-factor.ts'
import { makeOperator, unmakeOperator, type RoleChanged } from './operator-role.ts'

export type Operating = {
  /** Lists accounts whose name or verified address begins with the text, newest first; all for an empty text. */
  readonly list: (page: {
    readonly search: string
    readonly after?: AccountId | undefined
    readonly limit: number
  }) => Promise<readonly ListedAccount[]>
  readonly find: (accountId: AccountId) => Promise<ListedAccount | undefined>
  /** Lists the accounts that have exactly this name, or this verified address. */
  readonly listNamed: (text: string) => Promise<readonly ListedAccount[]>
  readonly usernamesOf: (
    accountIds: readonly AccountId[],
  ) => Promise<ReadonlyMap<AccountId, string>>
  readonly lock: (locking: Locking) => Promise<Locked>
  /** Returns false when the account is not locked. */
  readonly unlock: (by: Actor, accountId: AccountId) => Promise<boolean>
  /** Returns the number of sessions ended. */
  readonly endSessions: (by: Actor, accountId: AccountId) => Promise<number>
  readonly mailResetLink: (by: Actor, accountId: AccountId) => Promise<ResetLinkMailed>
  /** Makes a reset link for the command on the server. */
  readonly makeResetLink: (accountId: AccountId) => Promise<Secret | undefined>
  /** Turns two-step verification off, for the command on the server; returns false when it was off. */
  readonly removeSecondFactor: (accountId: AccountId) => Promise<boolean>
  /** Makes a link that lets one person sign up, and mails it when an address is given. */
  readonly makeSignUpLink: (by: Actor, emailAddress: string) => Promise<SignUpLinkMade>
  /** Returns false when the account is an operator already. */
  readonly makeOperator: (by: Actor, accountId: AccountId) => Promise<boolean>
  readonly unmakeOperator: (by: Actor, accountId: AccountId) => Promise<RoleChanged>
  /** Returns what operators did, newest first. */
  readonly listEvents: (page: {
    readonly after?: EventId | undefined
    readonly limit: number
  }) => Promise<readonly NamedOperatorEvent[]>
}

export type NamedOperatorEvent = OperatorEvent & {
  /** Undefined for the command, and for an account that was deleted. */
  readonly operatorName: string | undefined
  readonly accountName: string | undefined
}

const mostOfOneName = 10

function keysOf(text: string): { readonly usernameKey: string; readonly emailKey: string } {
  return { usernameKey: usernameKey(text), emailKey: emailKeyOf(text.trim()).slice(0, 254) }
}

export function createOperating(parts: OperatingParts): Operating {
  const { db } = parts.database
  return {
    list: ({ after, limit, search }) => {
      const keys = search.trim() === '' ? undefined : keysOf(search)
      return listAccounts(db, { search: keys, after, limit })
    },
    find: (accountId) => findListedAccount(db, accountId),
    listNamed: (text) => listAccountsNamed(db, keysOf(text), mostOfOneName),
    usernamesOf: (accountIds) => listUsernames(db, accountIds),
    lock: (locking) => lockAccount(parts, locking),
    unlock: (by, accountId) => unlockAccount(parts, by, accountId),
    endSessions: (by, accountId) => endSessionsOf(parts, by, accountId),
    mailResetLink: (by, accountId) => mailResetLink(parts, by, accountId),
    makeResetLink: (accountId) => makeResetLink(parts, accountId),
    removeSecondFactor: (accountId) => removeSecondFactor(parts, accountId),
    makeSignUpLink: (by, emailAddress) => makeSignUpLink(parts, by, emailAddress),
    makeOperator: (by, accountId) => makeOperator(parts, by, accountId),
    unmakeOperator: (by, accountId) => unmakeOperator(parts, by, accountId),
    listEvents: async (page) => {
      const events = await listOperatorEvents(db, page)
      const ids = events.flatMap(({ accountId, operatorId }) => [accountId, operatorId])
      const names = await listUsernames(db, [...new Set(ids.filter((id) => id !== undefined))])
      const nameOf = (id: AccountId | undefined) => (id === undefined ? undefined : names.get(id))
      return events.map((event) => ({
        ...event,
        operatorName: nameOf(event.operatorId),
        accountName: nameOf(event.accountId),
      }))
    },
  }
}
