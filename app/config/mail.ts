// The server that takes Taskr's mail, and the mail's sender.
import { z } from 'zod'
import { readSmtpUrl, type MailSender, type SmtpServer } from '../mail/mail.ts'
import type { Environment } from './environment.ts'

export interface MailSettings {
  /** The server that takes Taskr's mail. Without one, production sends none, and development keeps it in a mailbox. */
  readonly smtp: SmtpServer | undefined
  readonly mailFrom: MailSender
}

export const mailVariables = {
  SMTP_URL: z
    .string()
    .transform((text, context) => {
      const reading = readSmtpUrl(text)
      if (reading.kind === 'read') return reading.server
      context.addIssue({ code: 'custom', message: reading.problem })
      return z.NEVER
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .transform((text, context) => {
      const sender = readSender(text)
      if (sender !== undefined) return sender
      const message = 'must be an address, or a name and an address: Taskr <taskr@example.com>'
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })
    .optional(),
}

/** A mail server without a sender would refuse every mail. */
export function mailProblems(given: Environment): readonly string[] {
  return given['SMTP_URL'] !== undefined && given['MAIL_FROM'] === undefined
    ? ['MAIL_FROM is missing: the sender of mail, for example Taskr <taskr@example.com>']
    : []
}

export function toMailSettings(
  given: z.output<z.ZodObject<typeof mailVariables>>,
  publicUrl: URL,
): MailSettings {
  return {
    smtp: given.SMTP_URL,
    mailFrom: given.MAIL_FROM ?? { name: 'Taskr', address: `taskr@${publicUrl.hostname}` },
  }
}

function readSender(text: string): MailSender | undefined {
  const [, name = '', address = ''] =
    /^(?:([^<>"\p{C}]*)<)?([^\s<>@"(),:;\\[\]\p{C}]+@[^\s<>@"(),:;\\[\]\p{C}]+)>?$/u.exec(
      text.trim(),
    ) ?? []
  const isWhole = text.trim().endsWith('>') === text.includes('<')
  return address === '' || !isWhole ? undefined : { name: name.trim() || 'Taskr', address }
}
