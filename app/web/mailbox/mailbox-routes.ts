// The mailbox of development: GET /_mail lists the mail that Taskr would have sent. Production has no such address.
import type { Mailbox } from '../../mail/mail.ts'
import { paths } from '../addresses.ts'
import { Problem } from '../problem.ts'
import { valueInPath } from '../request-path.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { keptMailPage, mailboxPage } from './views/mailbox.ts'

interface MailboxParts extends RouteParts {
  readonly mailbox: Mailbox
}

export const mailboxRoutes: readonly Route<MailboxParts>[] = [
  ['GET', paths.mailbox, showMailbox],
  ['GET', paths.keptMail, showMail],
]

async function showMailbox(
  { mailbox, pages }: MailboxParts,
  context: WebContext,
): Promise<Response> {
  return context.html(mailboxPage({ frame: pages.frame(context), mails: mailbox.list() }))
}

async function showMail(
  { mailbox, pages, site }: MailboxParts,
  context: WebContext,
): Promise<Response> {
  const asked = valueInPath(context, 'number')
  const mail = mailbox.list().find(({ number }) => String(number) === asked)
  if (mail === undefined) throw new Problem({ kind: 'not-found' })
  const { origin } = site.publicUrl
  return context.html(keptMailPage({ frame: pages.frame(context), mail, origin }))
}
