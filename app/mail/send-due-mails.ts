// Sends the mail that is due, one after another. An attempt that fails is repeated with back-off until the letter is
// useless. A crash between sending and deleting sends a mail twice, under the same Message-ID.
import { backOffMs } from '../work/work.ts'
import { letterAsHtml, letterAsText } from './letter.ts'
import type { MailAnswer, MailParts } from './mail-parts.ts'
import {
  claimDueMail,
  finishMail,
  longestMailWaitMs,
  postponeMail,
  type MailLease,
} from './mail-store.ts'
import { openLetter } from './sealed-letters.ts'

const backOff = { firstMs: 10_000, longestMs: longestMailWaitMs }
/** After this many failures in a row the server is taken to be down, and the rest waits for the next round. */
const failuresInARow = 3

/** Returns how many mails it tried to send. */
export async function sendDueMails(parts: MailParts, signal?: AbortSignal): Promise<number> {
  let attempts = 0
  let failures = 0
  while (signal?.aborted !== true && failures < failuresInARow) {
    const lease = await claimDueMail(parts.database.db, parts.clock.now())
    if (lease === undefined) break
    attempts += 1
    const answer = await attempt(parts, lease)
    failures = answer.kind === 'failed' ? failures + 1 : 0
    await settleMail(parts, lease, answer)
  }
  return attempts
}

async function attempt(parts: MailParts, lease: MailLease): Promise<MailAnswer> {
  if (parts.clock.now() >= lease.uselessAt) return { kind: 'refused', answer: 'too-late' }
  const letter = openLetter(parts.sealer, lease)
  if (letter === undefined) return { kind: 'refused', answer: 'unreadable' }
  return await parts.transport.send({
    messageId: lease.mailId,
    to: letter.to,
    subject: letter.subject,
    text: letterAsText(letter),
    html: letterAsHtml(letter),
  })
}

async function settleMail(parts: MailParts, lease: MailLease, answer: MailAnswer): Promise<void> {
  const { db } = parts.database
  const { accountId, attempts, kind, mailId } = lease
  switch (answer.kind) {
    case 'taken':
      await finishMail(db, lease)
      parts.logger.info('mail.sent', { accountId, mailId, kind })
      return
    case 'refused':
      await finishMail(db, lease)
      parts.logger.warn('mail.given-up', { accountId, mailId, kind, answer: answer.answer })
      return
    case 'failed': {
      const wait = backOffMs(parts.randomBytes, backOff, attempts)
      await postponeMail(db, lease, parts.clock.now() + wait)
      parts.logger.warn('mail.failed', { accountId, mailId, kind, answer: answer.answer })
    }
  }
}
