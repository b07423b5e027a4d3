// Mailed links: a secret of 256 bits, stored as its hash, for one use within a short time.
import type { Db } from '../../database/tables.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { asMailedLinkId, type AccountId } from '../../support/ids.ts'
import { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import { findAccount, holdAccount, type HeldAccount } from '../own-account/account-store.ts'
import {
  addMailedLink,
  consumeMailedLink,
  findMailedLink,
  type LinkPurpose,
  type MailedLink,
} from './mailed-link-store.ts'

const secretBytes = 32
const secretShape = /^[A-Za-z0-9_-]{43}$/

export const linkLifetimeMs: Readonly<Record<LinkPurpose, number>> = {
  'verify-address': 24 * 3_600_000,
  'reset-password': 30 * 60_000,
}

export type FoundLink = {
  readonly accountId: AccountId
  readonly username: string
  readonly emailAddress: string
}

/** Stores a new link and returns its secret. */
export async function createLink(
  { clock, ids, randomBytes }: Pick<AccountParts, 'clock' | 'ids' | 'randomBytes'>,
  db: Db,
  account: HeldAccount,
  link: Pick<MailedLink, 'purpose' | 'emailAddress'>,
): Promise<Secret> {
  const secret = Buffer.from(randomBytes(secretBytes)).toString('base64url')
  const createdAt = clock.now()
  await addMailedLink(db, account, {
    ...link,
    linkId: asMailedLinkId(ids()),
    secretHash: sha256Base64Url(secret),
    createdAt,
    expiresAt: createdAt + linkLifetimeMs[link.purpose],
  })
  return new Secret(secret)
}

export async function findLink(
  { clock, database }: AccountParts,
  purpose: LinkPurpose,
  secret: string,
): Promise<FoundLink | undefined> {
  if (!secretShape.test(secret)) return undefined
  const wanted = { purpose, secretHash: sha256Base64Url(secret), now: clock.now() }
  const link = await findMailedLink(database.db, wanted)
  const account = link && (await findAccount(database.db, link.accountId))
  if (link === undefined || account === undefined) return undefined
  return {
    accountId: link.accountId,
    username: account.username,
    emailAddress: link.emailAddress,
  }
}

/** Uses a link up, inside the transaction of what it allows, and holds its account. */
export async function useLink(
  { clock }: AccountParts,
  db: Db,
  purpose: LinkPurpose,
  secret: string,
): Promise<{ readonly account: HeldAccount; readonly emailAddress: string } | undefined> {
  if (!secretShape.test(secret)) return undefined
  const wanted = { purpose, secretHash: sha256Base64Url(secret), now: clock.now() }
  const found = await findMailedLink(db, wanted)
  const account = found && (await holdAccount(db, found.accountId))
  if (account === undefined) return undefined
  const link = await consumeMailedLink(db, wanted)
  return link && { account, emailAddress: link.emailAddress }
}

/** Returns the key under which an address is found: mail servers do not tell capital letters apart. */
export function emailKeyOf(emailAddress: string): string {
  return emailAddress.normalize('NFC').toLowerCase()
}
