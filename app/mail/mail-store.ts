// The table of mail that waits to be sent.
import type { Selectable } from 'kysely'
import type { Db, Tables } from '../database/tables.ts'
import { asMailId, type AccountId, type MailId } from '../support/ids.ts'
import { createLease, released, type Queue } from '../work/work.ts'

export interface NewMail {
  readonly mailId: MailId
  readonly kind: string
  readonly sealedLetter: string
  readonly createdAt: number
  readonly uselessAt: number
}

/** A mail as its account may see it. */
export interface WaitingMail {
  readonly mailId: MailId
  readonly kind: string
  readonly createdAt: number
  readonly attempts: number
}

/** A mail that this worker may send while its lease holds. */
export interface MailLease extends NewMail {
  readonly accountId: AccountId | undefined
  readonly attempts: number
  readonly leaseNumber: number
}

/** The longest back-off between two attempts. */
export const longestMailWaitMs = 3_600_000

/** How long a claim lasts: longer than an attempt may take. */
const lease = createLease({
  lastsMs: 2 * 60_000,
  dueColumn: 'next_attempt_at',
  longestWaitMs: longestMailWaitMs,
})

/** Mail to send. */
export const mails: Queue = { table: 'mails', lease }

export async function addMail(
  db: Db,
  accountId: AccountId | undefined,
  mail: NewMail,
): Promise<void> {
  await db
    .insertInto('mails')
    .values({
      account_id: accountId ?? null,
      mail_id: mail.mailId,
      kind: mail.kind,
      sealed_letter: mail.sealedLetter,
      created_at: mail.createdAt,
      useless_at: mail.uselessAt,
      attempts: 0,
      next_attempt_at: mail.createdAt,
      leased_until: 0,
      lease_number: 0,
    })
    .execute()
}

/** Lists an account's waiting mail, oldest first. */
export async function listMails(
  db: Db,
  accountId: AccountId,
  count: number,
): Promise<readonly WaitingMail[]> {
  const rows = await db
    .selectFrom('mails')
    .select(['mail_id', 'kind', 'created_at', 'attempts'])
    .where('account_id', '=', accountId)
    .orderBy('mail_id')
    .limit(count)
    .execute()
  return rows.map((row) => ({
    mailId: row.mail_id,
    kind: row.kind,
    createdAt: row.created_at,
    attempts: row.attempts,
  }))
}

/** Claims one due mail of any account. */
export async function claimDueMail(db: Db, at: number): Promise<MailLease | undefined> {
  const due = db
    .selectFrom('mails')
    .select('mail_id')
    .where(lease.isClaimable(at))
    .orderBy('next_attempt_at')
    .orderBy('mail_id')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await db
    .updateTable('mails')
    .set(lease.claimed(at))
    .where('mail_id', '=', due)
    .where(lease.isClaimable(at))
    .returningAll()
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Deletes a mail that was sent or given up. Returns false when the lease was lost. */
export async function finishMail(db: Db, held: MailLease): Promise<boolean> {
  const { leaseNumber, mailId } = held
  const result = await db
    .deleteFrom('mails')
    .where('mail_id', '=', mailId)
    .where('lease_number', '=', leaseNumber)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Ends the lease after a failed attempt. */
export async function postponeMail(db: Db, held: MailLease, until: number): Promise<void> {
  const { attempts, leaseNumber, mailId } = held
  await db
    .updateTable('mails')
    .set({ ...released, attempts: attempts + 1, next_attempt_at: until })
    .where('mail_id', '=', mailId)
    .where('lease_number', '=', leaseNumber)
    .execute()
}

/** Ends every lease. Only for the single process on a SQLite file, where earlier holders are dead. */
export async function releaseMailLeases(db: Db): Promise<void> {
  await db.updateTable('mails').set(released).execute()
}

/** Lists mails of all accounts that another key sealed, in the order of their ids. */
export async function listMailsNotSealedWith(
  db: Db,
  keyId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly MailLease[]> {
  const rows = await db
    .selectFrom('mails')
    .selectAll()
    .where('sealed_letter', 'not like', `v1.${keyId}.%`)
    .where('mail_id', '>', asMailId(page.after))
    .orderBy('mail_id')
    .limit(page.limit)
    .execute()
  return rows.map(fromRow)
}

export async function countMailsSealedWith(db: Db, keyId: string): Promise<number> {
  const row = await db
    .selectFrom('mails')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sealed_letter', 'like', `v1.${keyId}.%`)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Replaces a sealed letter if it is still the one that was read. */
export async function replaceSealedLetter(
  db: Db,
  mailId: MailId,
  change: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const result = await db
    .updateTable('mails')
    .set({ sealed_letter: change.to })
    .where('mail_id', '=', mailId)
    .where('sealed_letter', '=', change.from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function fromRow(row: Selectable<Tables['mails']>): MailLease {
  return {
    accountId: row.account_id ?? undefined,
    mailId: row.mail_id,
    kind: row.kind,
    sealedLetter: row.sealed_letter,
    createdAt: row.created_at,
    uselessAt: row.useless_at,
    attempts: row.attempts,
    leaseNumber: row.lease_number,
  }
}
