// Mail: a queue in the database, sent over SMTP, or kept in a mailbox in development.
import { asMailId, type AccountId } from '../support/ids.ts'
import type { MailParts, MailQueue } from './mail-parts.ts'
import { addMail, listMails, releaseMailLeases, type WaitingMail } from './mail-store.ts'
import type { Mailbox } from './mailbox.ts'
import { sealLetter } from './sealed-letters.ts'
import { sendDueMails } from './send-due-mails.ts'

export { mailInvitation, type Invitation } from './invitation-letter.ts'
export type { Letter } from './letter.ts'
export type { LetterSealer, MailQueue, MailTransport, QueuedMail } from './mail-parts.ts'
export { createMailbox, type KeptMail, type Mailbox } from './mailbox.ts'
export { mails } from './mail-store.ts'
export { sealedLetters } from './sealed-letters.ts'
export { readSmtpUrl, type SmtpServer } from './smtp-url.ts'
export { createSmtpTransport, type MailSender } from './smtp-transport.ts'

export interface Mail extends MailQueue {
  /** False when no mail server is configured: then nothing is queued. */
  readonly isOn: boolean
  /** Sends what is due. Returns how many mails it tried to send. */
  readonly sendDue: (signal?: AbortSignal) => Promise<number>
  /** Returns what waits to be sent for the account, without its text. */
  readonly listWaiting: (accountId: AccountId) => Promise<readonly WaitingMail[]>
  readonly releaseLeases: () => Promise<void>
  /** Where mail is kept in development. */
  readonly mailbox: Mailbox | undefined
}

const usefulForMs = 3 * 24 * 3_600_000
const mostListed = 1_000

export type MailOptions = Omit<MailParts, 'transport'> & {
  readonly transport: MailParts['transport'] | undefined
  readonly mailbox?: Mailbox | undefined
}

export function createMail({ mailbox, transport, ...options }: MailOptions): Mail {
  const { clock, database, ids, sealer } = options
  const listWaiting = (accountId: AccountId) => listMails(database.db, accountId, mostListed)
  const releaseLeases = () => releaseMailLeases(database.db)
  if (transport === undefined) return { ...mailOff, listWaiting, releaseLeases }
  const parts: MailParts = { ...options, transport }
  return {
    isOn: true,
    mailbox,
    queue: async (db, accountId, mail) => {
      const mailId = asMailId(ids())
      const createdAt = clock.now()
      await addMail(db, accountId, {
        mailId,
        kind: mail.kind,
        sealedLetter: sealLetter(sealer, { accountId, mailId }, mail.letter),
        createdAt,
        uselessAt: createdAt + (mail.usefulForMs ?? usefulForMs),
      })
    },
    sendDue: (signal) => sendDueMails(parts, signal),
    listWaiting,
    releaseLeases,
  }
}

/** A Taskr without a mail server. */
export const mailOff: Mail = {
  isOn: false,
  mailbox: undefined,
  queue: async () => {},
  sendDue: async () => 0,
  listWaiting: async () => [],
  releaseLeases: async () => {},
}
