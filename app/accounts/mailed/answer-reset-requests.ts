// Answers requests for a reset link: each account with that verified address gets a link of its own.
import type { Db } from '../../database/tables.ts'
import type { AccountId } from '../../support/ids.ts'
import { settle } from '../../work/work.ts'
import type { AccountParts } from '../account-parts.ts'
import { recordEvent } from '../audit/record-event.ts'
import { holdAccount, listAccountsByEmailKey } from '../own-account/account-store.ts'
import { resetLetter } from './letters.ts'
import { createLink, emailKeyOf, linkLifetimeMs } from './mailed-links.ts'
import { claimResetRequest, finishResetRequest } from './reset-request-store.ts'

const mostAccounts = 5

export async function answerResetRequests(
  parts: AccountParts,
  signal?: AbortSignal,
): Promise<number> {
  let answered = 0
  while (signal?.aborted !== true) {
    const request = await claimResetRequest(parts.database.db, parts.clock.now())
    if (request === undefined) break
    await settle(parts.database, async (db) => {
      const accounts = await listAccountsByEmailKey(db, request.emailKey, mostAccounts)
      for (const { accountId } of accounts) {
        await mailResetLink(parts, db, accountId, request.emailKey)
      }
      return await finishResetRequest(db, request)
    })
    answered += 1
  }
  return answered
}

async function mailResetLink(
  parts: AccountParts,
  db: Db,
  accountId: AccountId,
  emailKey: string,
): Promise<void> {
  const account = await holdAccount(db, accountId)
  if (account?.emailAddress === undefined || account.emailVerifiedAt === undefined) return
  const { emailAddress, lockedAt, username } = account
  // The address may have been changed, and the account locked, since it was found.
  if (lockedAt !== undefined || emailKeyOf(emailAddress) !== emailKey) return
  const secret = await createLink(parts, db, account, { purpose: 'reset-password', emailAddress })
  await parts.mail.queue(db, accountId, {
    kind: 'password-reset',
    letter: resetLetter({ to: emailAddress, username }, parts.linkAddresses.reset(secret)),
    usefulForMs: linkLifetimeMs['reset-password'],
  })
  await recordEvent(parts, db, accountId, { kind: 'password-reset-asked' })
}
