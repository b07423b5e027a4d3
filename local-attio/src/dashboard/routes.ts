// Stands for build.attio.com: developer accounts, apps and their settings.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import { sendShell, forForm, forPerson } from '../pages/shell.ts'
import type { Parts } from '../parts.ts'
import { accountOf, visibleApps } from '../people/visible-apps.ts'
import { appAddress, dashboard, newApp } from './addresses.ts'
import { createAccount, createApp } from './app-edits.ts'
import { addAppRoutes } from './app-routes.ts'
import { addInstallRoutes } from './install-routes.ts'
import { problemWithAppName, problemWithName, tidyName } from './names.ts'
import { noticeOf, saying } from './notices.ts'
import { addOauthRoutes } from './oauth-routes.ts'
import { frontPage, type FrontPage } from './views/account.ts'
import { newAppPage } from './views/new-app.ts'
import { addWebhookRoutes } from './webhook-routes.ts'

export function addDashboard(parts: Parts, pages: Hono<Env>): void {
  const { world } = parts

  const front = (person: Parameters<typeof accountOf>[1]): Omit<FrontPage, 'notice'> => ({
    account: accountOf(world, person),
    apps: visibleApps(world, person),
  })

  pages.get(
    dashboard,
    forPerson(parts, (c, person) =>
      sendShell(parts, c, {
        title: 'Developer dashboard',
        content: frontPage({ ...front(person), notice: noticeOf(c) }),
      }),
    ),
  )

  pages.post(
    `${dashboard}/account`,
    forForm(parts, dashboard, (c, person, form) => {
      if (accountOf(world, person)) return c.redirect(dashboard, 303)
      const name = tidyName(form.get('name'))
      const message = problemWithName(name)
      if (message === undefined) {
        createAccount(parts, person, name)
        return c.redirect(saying(dashboard, 'account-created'), 303)
      }
      const refused = { name, problems: [{ field: 'name', message }] }
      return sendShell(parts, c, {
        title: 'Developer dashboard',
        status: 400,
        returnTo: dashboard,
        content: frontPage({ ...front(person), refused, notice: undefined }),
      })
    }),
  )

  pages.get(
    newApp,
    forPerson(parts, (c, person) =>
      accountOf(world, person)
        ? sendShell(parts, c, { title: 'New app', content: newAppPage('', []) })
        : c.redirect(dashboard, 303),
    ),
  )

  pages.post(
    newApp,
    forForm(parts, newApp, (c, person, form) => {
      const account = accountOf(world, person)
      if (!account) return c.redirect(dashboard, 303)
      const name = tidyName(form.get('name'))
      const message = problemWithAppName(world, name)
      if (message === undefined) {
        const app = createApp(parts, account, name)
        return c.redirect(saying(appAddress(app.id), 'app-created'), 303)
      }
      return sendShell(parts, c, {
        title: 'New app',
        status: 400,
        content: newAppPage(name, [{ field: 'name', message }]),
      })
    }),
  )

  addAppRoutes(parts, pages)
  addOauthRoutes(parts, pages)
  addWebhookRoutes(parts, pages)
  addInstallRoutes(parts, pages)
}
