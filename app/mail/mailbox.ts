// A mailbox in memory, for development: mail is kept here instead of being sent.
import type { MailTransport, OutgoingMail } from './mail-parts.ts'

export interface KeptMail extends OutgoingMail {
  readonly number: number
}

export interface Mailbox extends MailTransport {
  /** Returns the kept mails, newest first. */
  readonly list: () => readonly KeptMail[]
}

const mostKept = 200

export function createMailbox(): Mailbox {
  let kept: readonly KeptMail[] = []
  let number = 0
  return {
    send: async (mail) => {
      number += 1
      kept = [{ ...mail, number }, ...kept].slice(0, mostKept)
      return { kind: 'taken' }
    },
    list: () => kept,
  }
}
