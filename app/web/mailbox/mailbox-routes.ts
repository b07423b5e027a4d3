// The mailbox of development: GET /_mail lists the mail that Taskr would have sent. Production has no such address.
import { Hono } from 'hono'
import type { Mailbox } from '../../mail/mail.ts'
import { paths } from '../addresses.ts'
import { Problem } from '../problem.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'
import { keptMailPage, mailboxPage } from './views/mailbox.ts'

export function mailboxRoutes({ pages, site }: RouteParts, mailbox: Mailbox) {
  const routes = new Hono<WebEnv>()

  routes.get(paths.mailbox, (context) =>
    context.html(mailboxPage({ frame: pages.frame(context), mails: mailbox.list() })),
  )

  routes.get(paths.keptMail, (context) => {
    const mail = mailbox.list().find(({ number }) => String(number) === context.req.param('number'))
    if (mail === undefined) throw new Problem({ kind: 'not-found' })
    return context.html(
      keptMailPage({ frame: pages.frame(context), mail, origin: site.publicUrl.origin }),
    )
  })

  return routes
}
