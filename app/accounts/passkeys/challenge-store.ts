// The table of challenges that browsers are about to sign. It stores only the SHA-256 of the secret that the browser
// holds, so a response from another browser finds none.
import type { Db, Tables } from '../../database/tables.ts'
import type { AccountId, SessionId } from '../../support/ids.ts'

export type ChallengePurpose = Tables['passkey_challenges']['purpose']

export type PasskeyChallenge = {
  readonly purpose: ChallengePurpose
  /** The session that asked; undefined before a log-in. */
  readonly session: { readonly accountId: AccountId; readonly sessionId: SessionId } | undefined
  readonly challenge: string
  readonly createdAt: number
  readonly expiresAt: number
}

export async function addChallenge(
  db: Db,
  challenge: PasskeyChallenge & { readonly browserHash: string },
): Promise<void> {
  await db
    .insertInto('passkey_challenges')
    .values({
      browser_hash: challenge.browserHash,
      purpose: challenge.purpose,
      account_id: challenge.session?.accountId ?? null,
      session_id: challenge.session?.sessionId ?? null,
      challenge: challenge.challenge,
      created_at: challenge.createdAt,
      expires_at: challenge.expiresAt,
    })
    .execute()
}

/** Deletes a challenge and returns it, to one caller only. */
export async function consumeChallenge(
  db: Db,
  wanted: {
    readonly browserHash: string
    readonly purpose: ChallengePurpose
    readonly session: PasskeyChallenge['session']
    readonly now: number
  },
): Promise<string | undefined> {
  const { browserHash, now, purpose, session } = wanted
  let consuming = db
    .deleteFrom('passkey_challenges')
    .where('browser_hash', '=', browserHash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
  consuming =
    session === undefined
      ? consuming.where('account_id', 'is', null)
      : consuming
          .where('account_id', '=', session.accountId)
          .where('session_id', '=', session.sessionId)
  const row = await consuming.returning('challenge').executeTakeFirst()
  return row?.challenge
}

export async function removeExpiredChallenges(db: Db, now: number): Promise<void> {
  await db.deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute()
}
