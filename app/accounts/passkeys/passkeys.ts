// The passkeys of an account, as the pages use them.
import type { AccountId, PasskeyId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import { holdForSession } from '../sessions/hold-for-session.ts'
import type { Session } from '../sessions/session.ts'
import {
  addNewPasskey,
  askForPasskey,
  type CreationAsked,
  type PasskeyAdded,
  type PasskeyGiven,
} from './add-passkey.ts'
import {
  askForConfirmation,
  confirmWithPasskey,
  type PasskeyConfirmation,
} from './confirm-with-passkey.ts'
import { readPasskeyName } from './passkey-name.ts'
import { listPasskeys, removePasskey, renamePasskey, type Passkey } from './passkey-store.ts'
import type { RelyingParty } from './relying-party.ts'
import {
  askForSignIn,
  signInWithPasskey,
  type PasskeySignIn,
  type SignatureAsked,
} from './sign-in-with-passkey.ts'

export type Passkeys = {
  /** Returns an account's passkeys, oldest first. */
  readonly list: (accountId: AccountId) => Promise<readonly ListedPasskey[]>
  /** Removes a passkey. Returns its name; undefined when the account has no such one. */
  readonly remove: (
    session: Session,
    passkeyId: PasskeyId,
    client: Client,
  ) => Promise<string | undefined>
  readonly rename: (
    session: Session,
    renaming: { readonly passkeyId: PasskeyId; readonly name: string },
  ) => Promise<'renamed' | 'not-found' | 'no-name'>
  /** What browsers do with passkeys; undefined when Taskr is at an IP address, to which no passkey can be bound. */
  readonly ceremonies: Ceremonies | undefined
}

/** Each has two steps: Taskr asks the browser, and judges its response, once and within five minutes. */
export type Ceremonies = {
  readonly askForPasskey: (session: Session) => Promise<CreationAsked>
  readonly add: (
    session: Session,
    given: PasskeyGiven & { readonly name: string },
    client: Client,
  ) => Promise<PasskeyAdded>
  readonly askForSignIn: (client: Client) => Promise<SignatureAsked>
  readonly signIn: (given: PasskeyGiven, client: Client) => Promise<PasskeySignIn>
  readonly askForConfirmation: (session: Session, client: Client) => Promise<SignatureAsked>
  readonly confirm: (
    session: Session,
    given: PasskeyGiven,
    client: Client,
  ) => Promise<PasskeyConfirmation>
}

/** A passkey without what only its verification needs. */
export type ListedPasskey = Pick<
  Passkey,
  'passkeyId' | 'name' | 'isSynced' | 'createdAt' | 'lastUsedAt'
>

export function createPasskeys(
  parts: AccountParts,
  relyingParty: RelyingParty | undefined,
): Passkeys {
  return {
    list: (accountId) => listOwn(parts, accountId),
    remove: (session, passkeyId, client) => removeOwn(parts, session, passkeyId, client),
    rename: async ({ accountId }, { name, passkeyId }) => {
      const read = readPasskeyName(name)
      if (read === undefined) return 'no-name'
      const renaming = { passkeyId, name: read }
      const renamed = await renamePasskey(parts.database.db, accountId, renaming)
      return renamed ? 'renamed' : 'not-found'
    },
    ceremonies: relyingParty && {
      askForPasskey: (session) => askForPasskey(parts, relyingParty, session),
      add: (session, given, client) => addNewPasskey(parts, relyingParty, session, given, client),
      askForSignIn: (client) => askForSignIn(parts, relyingParty, client),
      signIn: (given, client) => signInWithPasskey(parts, relyingParty, given, client),
      askForConfirmation: (session, client) =>
        askForConfirmation(parts, relyingParty, session, client),
      confirm: (session, given, client) =>
        confirmWithPasskey(parts, relyingParty, session, given, client),
    },
  }
}

export async function listOwn(
  { database }: AccountParts,
  accountId: AccountId,
): Promise<readonly ListedPasskey[]> {
  const passkeys = await listPasskeys(database.db, accountId)
  return passkeys.map(({ passkeyId, name, isSynced, createdAt, lastUsedAt }) => ({
    passkeyId,
    name,
    isSynced,
    createdAt,
    lastUsedAt,
  }))
}

async function removeOwn(
  parts: AccountParts,
  session: Session,
  passkeyId: PasskeyId,
  client: Client,
): Promise<string | undefined> {
  return await parts.database.transaction(async (db) => {
    const account = await holdForSession(db, session)
    const removed = account && (await removePasskey(db, account, passkeyId))
    if (removed === undefined) return undefined
    const details = { passkey: removed.name, ...describeClient(client) }
    await recordEvent(parts, db, session.accountId, { kind: 'passkey-removed', details })
    return removed.name
  })
}
