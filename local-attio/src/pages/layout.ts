// The frame of every page: the banner that says it is not attio.com, the styles, the headers.
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../http.ts'
import type { Person } from '../world/access.ts'

export type Html = ReturnType<typeof html>

export type Page = {
  readonly title: string
  readonly content: Html
  /** The signed-in person, shown with a sign-out button. */
  readonly person?: Person | undefined
  /** The page to return to after signing out and in again. */
  readonly returnTo?: string
  /** The side navigation. Without it the page is a card with one question. */
  readonly side?: Html
}

export function page({ title, content, person, returnTo = '/', side }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Local Attio</title>
        <link rel="icon" href="/assets/icon.svg" />
        <link rel="stylesheet" href="/assets/local-attio.css" />
        ${side ? html`<script type="module" src="/assets/local-attio.js"></script>` : ''}
      </head>
      <body class="${side ? 'shell' : 'cards'}">
        <a class="skip" href="#main">Skip to the content</a>
        <header class="band">
          <a href="/">Local Attio: not attio.com</a>
          ${person ? signedIn(person, returnTo) : side ? signInLink(returnTo) : ''}
        </header>
        ${side ?? ''}
        <main id="main" tabindex="-1">
          ${side ? html`<div class="column">${content}</div>` : content}
        </main>
      </body>
    </html>`
}

function signedIn(person: Person, returnTo: string): Html {
  return html`<form method="post" action="/sign-out">
    <input type="hidden" name="return_to" value="${returnTo}" />
    <span>${person.emailAddress}</span>
    <button type="submit">Sign out</button>
  </form>`
}

function signInLink(returnTo: string): Html {
  return html`<a class="enter" href="/sign-in?return_to=${encodeURIComponent(returnTo)}"
    >Sign in</a
  >`
}

export type PageOptions = {
  readonly status?: 200 | 400 | 403 | 404 | 500
  /** Other origins to which a form's answer may redirect. */
  readonly formTargets?: readonly (string | undefined)[]
  /** True when the page loads the script. */
  readonly hasScript?: boolean
}

export async function sendPage(
  c: Context<Env>,
  content: Html,
  { status = 200, formTargets = [], hasScript = false }: PageOptions = {},
): Promise<Response> {
  c.header('content-security-policy', contentSecurityPolicy(formTargets, hasScript))
  c.header('x-frame-options', 'DENY')
  c.header('x-content-type-options', 'nosniff')
  c.header('referrer-policy', 'same-origin')
  c.header('cache-control', 'no-store')
  return c.html(content, status)
}

/** Browsers apply form-action to redirects, too, so a consent page must list their targets. */
function contentSecurityPolicy(
  formTargets: readonly (string | undefined)[],
  hasScript: boolean,
): string {
  const targets = formTargets.flatMap((address) => {
    const url = URL.parse(address ?? '')
    if (!url) return []
    return [url.origin === 'null' ? url.protocol : url.origin]
  })
  return [
    "default-src 'none'",
    "style-src 'self'",
    ...(hasScript ? ["script-src 'self'", "require-trusted-types-for 'script'"] : []),
    "img-src 'self'",
    ["form-action 'self'", ...targets].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export function notFoundPage(): Html {
  const content = html`<article class="card">
    <h1>Nothing here</h1>
    <p>The local Attio has no page at this address. <a href="/">Home</a></p>
  </article>`
  return page({ title: 'Nothing here', content })
}

/** The answer to a form that another site posted. */
export function foreignPost(c: Context<Env>): Promise<Response> {
  const content = html`<article class="card">
    <h1>That came from another site</h1>
    <p>Nothing was changed. Forms count only when they are sent from this server's own pages.</p>
  </article>`
  return sendPage(c, page({ title: 'Refused', content }), { status: 403 })
}
