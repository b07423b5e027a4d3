// The OAuth tab and the Scopes tab: enable, credentials, redirect URIs, scopes.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { appAddress } from './addresses.ts'
import { changeApp, rotateSecret } from './app-edits.ts'
import { forApp, forAppForm, sendAppPage } from './app-pages.ts'
import { saying } from './notices.ts'
import { problemWithRedirectUri } from './redirect-uris.ts'
import { scopesOf } from './scope-levels.ts'
import { oauthTab } from './views/oauth.ts'
import { scopesTab } from './views/scopes.ts'

export function addOauthRoutes(parts: Parts, pages: Hono<Env>): void {
  const here = appAddress(':appId')

  pages.get(
    `${here}/oauth`,
    forApp(parts, (visit) => sendAppPage(parts, visit, { tab: 'oauth', content: oauthTab(visit) })),
  )

  pages.post(
    `${here}/oauth`,
    forAppForm(parts, ({ c, app, form }) => {
      const isOauthEnabled = form.get('enabled') === 'yes'
      changeApp(parts, app, { isOauthEnabled })
      const notice = isOauthEnabled ? 'oauth-enabled' : 'oauth-disabled'
      return c.redirect(saying(appAddress(app.id, 'oauth'), notice), 303)
    }),
  )

  pages.post(
    `${here}/secret`,
    forAppForm(parts, ({ c, app }) => {
      rotateSecret(parts, app)
      return c.redirect(saying(appAddress(app.id, 'oauth'), 'secret-rotated'), 303)
    }),
  )

  pages.post(
    `${here}/redirect-uris`,
    forAppForm(parts, (visit) => {
      const { c, app, form } = visit
      const address = (form.get('address') ?? '').trim()
      const message = problemWithRedirectUri(address, app.redirectUris)
      if (message === undefined) {
        changeApp(parts, app, { redirectUris: [...app.redirectUris, address] })
        return c.redirect(saying(appAddress(app.id, 'oauth'), 'redirect-uri-added'), 303)
      }
      const refused = { address, problems: [{ field: 'address', message }] }
      const content = oauthTab({ app, refused })
      return sendAppPage(parts, visit, { tab: 'oauth', content, isRefused: true })
    }),
  )

  pages.post(
    `${here}/redirect-uris/removal`,
    forAppForm(parts, ({ c, app, form }) => {
      const redirectUris = app.redirectUris.filter((one) => one !== form.get('address'))
      changeApp(parts, app, { redirectUris })
      return c.redirect(saying(appAddress(app.id, 'oauth'), 'redirect-uri-removed'), 303)
    }),
  )

  pages.get(
    `${here}/scopes`,
    forApp(parts, (visit) =>
      sendAppPage(parts, visit, { tab: 'scopes', content: scopesTab(visit.app) }),
    ),
  )

  pages.post(
    `${here}/scopes`,
    forAppForm(parts, (visit) => {
      const { c, app, form } = visit
      const scopes = scopesOf(form)
      if (scopes) {
        changeApp(parts, app, { scopes })
        return c.redirect(saying(appAddress(app.id, 'scopes'), 'scopes-saved'), 303)
      }
      const problem = 'A scope is none, read, or read and write. Nothing was saved.'
      return sendAppPage(parts, visit, { tab: 'scopes', content: scopesTab(app), problem })
    }),
  )
}
