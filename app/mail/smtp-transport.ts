// Sends mail over SMTP with nodemailer. Each mail has a connection of its own.
import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { isMailAddress } from '../support/mail-address.ts'
import type { MailAnswer, MailTransport } from './mail-parts.ts'
import type { SmtpServer } from './smtp-url.ts'

export interface SmtpSettings {
  readonly server: SmtpServer
  readonly from: MailSender
  /** The host that Message-IDs name. */
  readonly host: string
  /** How long the server may stay silent. Default: 15 seconds. */
  readonly silenceMs?: number
}

export interface MailSender {
  readonly name: string
  readonly address: string
}

export function createSmtpTransport(settings: SmtpSettings): MailTransport {
  const { from, host, server, silenceMs = 15_000 } = settings
  const { login, tls } = server
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: tls === 'at-once',
    requireTLS: tls === 'required',
    ignoreTLS: tls === 'none',
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    dnsTimeout: silenceMs,
    // A letter is plain text of ours: nothing in it may name a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(login && { auth: { user: login.user, pass: login.password.reveal() } }),
  })
  return {
    send: async (mail) => {
      // Nodemailer splits an address at commas and angle brackets.
      if (!isMailAddress(mail.to)) return { kind: 'refused', answer: 'no-address' }
      try {
        await transport.sendMail({
          from: { ...from },
          to: mail.to,
          envelope: { from: from.address, to: [mail.to] },
          messageId: `<${mail.messageId}@${host}>`,
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          // RFC 3834 §5: keeps out-of-office replies away.
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { kind: 'taken' }
      } catch (error) {
        return judge(error)
      }
    },
  }
}

const failure = z.object({
  code: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
})

/** RFC 5321 §4.2.1: a 5yz reply to the mail itself is final. One to the log-in is for the operator to mend. */
function judge(error: unknown): MailAnswer {
  const { code = 'unknown', command = '', responseCode } = failure.safeParse(error).data ?? {}
  const answer = responseCode === undefined ? code : `${code} ${responseCode}`
  const isAboutMail = ['RCPT TO', 'DATA'].includes(command) || code === 'EENVELOPE'
  const isFinal = isAboutMail && responseCode !== undefined && responseCode >= 500
  return { kind: isFinal ? 'refused' : 'failed', answer }
}
