// Links with which one person may sign up: a secret of 256 bits, stored as its hash, for one account.

import type { Db } from '../../database/tables.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { asSignUpLinkId } from '../../support/ids.ts'
import { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import { addSignUpLink, findSignUpLinkByHash, type SignUpLink } from './sign-up-link-store.ts'

const secretBytes = 32
const secretShape = /^[A-Za-z0-9_-]{43}$/
const hourMs = 3_600_000

export const signUpLinkMs: Readonly<Record<SignUpLink['madeBy'], number>> = {
  person: 24 * hourMs,
  operator: 7 * 24 * hourMs,
}

/** Stores a new link and returns its secret. */
export async function createSignUpLink(
  { clock, ids, randomBytes }: Pick<AccountParts, 'clock' | 'ids' | 'randomBytes'>,
  db: Db,
  link: Pick<SignUpLink, 'madeBy' | 'emailAddress' | 'invitationHash'>,
): Promise<Secret> {
  const secret = Buffer.from(randomBytes(secretBytes)).toString('base64url')
  const createdAt = clock.now()
  await addSignUpLink(db, {
    ...link,
    signUpLinkId: asSignUpLinkId(ids()),
    secretHash: sha256Base64Url(secret),
    createdAt,
    expiresAt: createdAt + signUpLinkMs[link.madeBy],
  })
  return new Secret(secret)
}

export async function findSignUpLink(
  { clock, database }: Pick<AccountParts, 'clock' | 'database'>,
  secret: string,
): Promise<SignUpLink | undefined> {
  if (!secretShape.test(secret)) return undefined
  return await findSignUpLinkByHash(database.db, sha256Base64Url(secret), clock.now())
}
