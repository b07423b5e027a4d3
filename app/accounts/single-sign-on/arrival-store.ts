// The table of people who have come back from the provider, and have no account linked yet. A row is found by the hash of
// a cookie of their browser, and belongs to no account.

import type { Db } from '../../database/tables.ts'
import type { Identity } from './identity-provider.ts'

export type SignOnArrival = Omit<Identity, 'authenticatedAt'> & {
  readonly secretHash: string
  readonly returnTo: string
  readonly createdAt: number
  readonly expiresAt: number
}

export async function addArrival(db: Db, arrival: SignOnArrival): Promise<void> {
  await db
    .insertInto('sign_on_arrivals')
    .values({
      secret_hash: arrival.secretHash,
      issuer: arrival.issuer,
      subject: arrival.subject,
      email_address: arrival.emailAddress,
      suggested_name: arrival.suggestedName,
      return_to: arrival.returnTo,
      created_at: arrival.createdAt,
      expires_at: arrival.expiresAt,
    })
    .execute()
}

export async function findArrivalByHash(
  db: Db,
  secretHash: string,
  now: number,
): Promise<SignOnArrival | undefined> {
  const row = await db
    .selectFrom('sign_on_arrivals')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return (
    row && {
      secretHash: row.secret_hash,
      issuer: row.issuer,
      subject: row.subject,
      emailAddress: row.email_address,
      suggestedName: row.suggested_name,
      returnTo: row.return_to,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }
  )
}

/** Deletes the arrival. Returns true to one caller only. */
export async function consumeArrival(db: Db, secretHash: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_on_arrivals')
    .where('secret_hash', '=', secretHash)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export async function removeExpiredArrivals(db: Db, now: number): Promise<void> {
  await db.deleteFrom('sign_on_arrivals').where('expires_at', '<=', now).execute()
}
