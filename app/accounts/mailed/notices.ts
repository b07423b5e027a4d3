// Security notices: mails to an account's verified address about events that its owner should know of at once.
import type { Db } from '../../database/tables.ts'
import type { AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import type { NewEvent } from '../audit/event-store.ts'
import { findAccount, type Account } from '../own-account/account-store.ts'
import { noticeLetter } from './letters.ts'
import { newBrowserNotice, notices, type Details, type Notice } from './notice-words.ts'

type NoticeParts = Pick<AccountParts, 'mail' | 'linkAddresses'>

/** Queues the notice of an event, in the event's transaction, when there is one to send. */
export async function mailNoticeOf(
  parts: NoticeParts,
  db: Db,
  accountId: AccountId,
  { details = {}, kind }: NewEvent,
): Promise<void> {
  const notice = notices[kind]?.(details)
  if (notice === undefined || !parts.mail.isOn) return
  const account = await findAccount(db, accountId)
  if (account !== undefined) await mailNotice(parts, db, account, notice)
}

/** Queues a notice of a sign-in from a kind of browser that the account has not used before. */
export async function mailSignInNotice(
  parts: NoticeParts,
  db: Db,
  account: Account,
  details: Details,
): Promise<void> {
  await mailNotice(parts, db, account, newBrowserNotice(details))
}

/** Queues a notice to the account's verified address, or to the one given. */
export async function mailNotice(
  { linkAddresses, mail }: NoticeParts,
  db: Db,
  { accountId, emailAddress, emailVerifiedAt, username }: Account,
  notice: Notice,
  to = emailVerifiedAt === undefined ? undefined : emailAddress,
): Promise<void> {
  if (to === undefined) return
  const letter = noticeLetter({ to, username }, notice, linkAddresses.settings)
  await mail.queue(db, accountId, { kind: 'notice', letter })
}
