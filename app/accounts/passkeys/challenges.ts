// Challenges: 256 random bits for one signature, in the browser that asked, within five minutes.
import type { Db } from '../../database/tables.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import { createCookie } from '../sessions/start-session.ts'
import type { Session } from '../sessions/session.ts'
import { addChallenge, consumeChallenge, type ChallengePurpose } from './challenge-store.ts'

export const challengeLifetimeMs = 5 * 60_000
const challengeBytes = 32
// 256 bits in base64url.
const cookieShape = /^[A-Za-z0-9_-]{43}$/

export type AskedBy = Pick<Session, 'accountId' | 'sessionId'> | undefined

/** Stores a challenge. Returns it with the secret that the browser must bring back beside its response. */
export async function askToSign(
  { clock, database, randomBytes }: AccountParts,
  purpose: ChallengePurpose,
  session: AskedBy,
): Promise<{ readonly challenge: Uint8Array<ArrayBuffer>; readonly cookie: Secret }> {
  const challenge = new Uint8Array(randomBytes(challengeBytes))
  const { cookie, cookieHash } = createCookie(randomBytes)
  const createdAt = clock.now()
  await addChallenge(database.db, {
    browserHash: cookieHash,
    purpose,
    session,
    challenge: Buffer.from(challenge).toString('base64url'),
    createdAt,
    expiresAt: createdAt + challengeLifetimeMs,
  })
  return { challenge, cookie }
}

/** Uses a challenge up; undefined when this browser has none for that purpose. */
export async function takeChallenge(
  { clock }: AccountParts,
  db: Db,
  purpose: ChallengePurpose,
  { cookie, session }: { readonly cookie: string; readonly session: AskedBy },
): Promise<string | undefined> {
  if (!cookieShape.test(cookie)) return undefined
  const browserHash = sha256Base64Url(cookie)
  return await consumeChallenge(db, { browserHash, purpose, session, now: clock.now() })
}
