// Sends pages with the side navigation, and restricts pages to signed-in people.
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { personOf } from '../people/session.ts'
import type { Person } from '../world/access.ts'
import { foreignPost, page, sendPage, type Html, type PageOptions } from './layout.ts'
import { isSameOrigin } from '../guard/same-origin.ts'
import { side } from './side.ts'

export type Shell = {
  readonly title: string
  readonly content: Html
  /** The page to return to after signing out and in again. Default: this page. */
  readonly returnTo?: string
  readonly status?: PageOptions['status']
}

export function sendShell(parts: Parts, c: Context<Env>, shell: Shell): Promise<Response> {
  const { title, content, status = 200 } = shell
  const { pathname, search } = new URL(c.req.url)
  const person = personOf(parts, c)
  return sendPage(
    c,
    page({
      title,
      content,
      person,
      returnTo: shell.returnTo ?? `${pathname}${search}`,
      side: side(parts.world, person, pathname),
    }),
    { status, hasScript: true },
  )
}

/** A page that refuses access, with a link to continue. */
export function sendRefusal(
  parts: Parts,
  c: Context<Env>,
  refusal: { readonly status: 403 | 404; readonly title: string; readonly text: Html },
): Promise<Response> {
  const { status, title, text } = refusal
  const content = html`<div class="empty">
    <h1>${title}</h1>
    <p>${text}</p>
  </div>`
  return sendShell(parts, c, { title, status, content })
}

type Answer = Response | Promise<Response>

/** Wraps a page for signed-in people; other people sign in first and then return. */
export function forPerson(
  parts: Parts,
  answer: (c: Context<Env>, person: Person) => Answer,
): (c: Context<Env>) => Answer {
  return (c) => {
    const person = personOf(parts, c)
    const { pathname, search } = new URL(c.req.url)
    return person ? answer(c, person) : signInFirst(c, `${pathname}${search}`)
  }
}

/** Wraps a form handler for signed-in people; the form must come from this server's own pages. */
export function forForm(
  parts: Parts,
  area: string,
  answer: (c: Context<Env>, person: Person, form: URLSearchParams) => Answer,
): (c: Context<Env>) => Promise<Response> {
  return async (c) => {
    if (!isSameOrigin(c)) return foreignPost(c)
    const person = personOf(parts, c)
    if (!person) return signInFirst(c, area)
    return answer(c, person, new URLSearchParams(await c.req.text()))
  }
}

function signInFirst(c: Context<Env>, returnTo: string): Response {
  return c.redirect(`/sign-in?return_to=${encodeURIComponent(returnTo)}`, 303)
}
