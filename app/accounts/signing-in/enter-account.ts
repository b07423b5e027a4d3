// The step after a right password: a session, or, when the account has a second factor, a log-in that waits for a code.
import type { Db } from '../../database/tables.ts'
import { browserInWords } from '../../support/browser-in-words.ts'
import { asSignInId, type AccountId } from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import { listSignInBrowsers } from '../audit/event-store.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Client } from '../client.ts'
import { mailSignInNotice } from '../mailed/notices.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import { findConfirmedFactor } from '../second-factor/use-code.ts'
import { createCookie, startSession, type SignedIn } from '../sessions/start-session.ts'
import { addUnfinishedSignIn, removeSurplusSignIns } from './unfinished-sign-in-store.ts'

export const unfinishedLifetimeMs = 10 * 60_000
const mostUnfinished = 10

/** A log-in that waits for its code, and the secret by which the browser goes on with it. */
export type CodeNeeded = { readonly kind: 'code-needed'; readonly cookie: Secret }

/** Runs in a transaction, after a first factor was right. */
export async function enterAccount(
  parts: AccountParts,
  db: Db,
  account: HeldAccount,
  client: Client,
): Promise<SignedIn | CodeNeeded> {
  const factor = await findConfirmedFactor(db, account.accountId)
  if (factor === undefined) return await startSignedIn(parts, db, account, client)
  const { clock, ids, randomBytes } = parts
  const { cookie, cookieHash } = createCookie(randomBytes)
  const now = clock.now()
  await addUnfinishedSignIn(db, account, {
    signInId: asSignInId(ids()),
    secretHash: cookieHash,
    createdAt: now,
    expiresAt: now + unfinishedLifetimeMs,
  })
  await removeSurplusSignIns(db, account.accountId, mostUnfinished)
  return { kind: 'code-needed', cookie }
}

/** Starts the session of a person who has proved all that the account asks for. `by` says with what, besides a password. */
export async function startSignedIn(
  parts: AccountParts,
  db: Db,
  account: HeldAccount,
  client: Client,
  by?: string,
): Promise<SignedIn> {
  const { accountId } = account
  const details = { ...describeClient(client), ...(by === undefined ? {} : { by }) }
  if (parts.mail.isOn && (await isNewBrowser(db, accountId, client))) {
    await mailSignInNotice(parts, db, account, details)
  }
  await recordEvent(parts, db, accountId, { kind: 'signed-in', details })
  return await startSession(parts, db, account, client.userAgent)
}

const signInsRemembered = 50

/** True for a kind of browser, such as Firefox on Linux, that the account's latest sign-ins did not come from. */
async function isNewBrowser(db: Db, accountId: AccountId, client: Client): Promise<boolean> {
  const browsers = await listSignInBrowsers(db, accountId, signInsRemembered)
  return !browsers.map(browserInWords).includes(browserInWords(client.userAgent))
}
