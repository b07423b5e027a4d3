// The pages of one app. A refused form is shown again with its input.
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../http.ts'
import type { Html } from '../pages/layout.ts'
import { forForm, forPerson, sendRefusal, sendShell } from '../pages/shell.ts'
import type { Parts } from '../parts.ts'
import type { App, Person } from '../world/access.ts'
import { findApp } from '../people/visible-apps.ts'
import { appAddress, dashboard } from './addresses.ts'
import { noticeOf } from './notices.ts'
import { appFrame, tabs, type Tab } from './views/app-frame.ts'

export type AppVisit = {
  readonly c: Context<Env>
  readonly person: Person
  readonly app: App
}

type Answer = Response | Promise<Response>

/** A visit that posts a form. */
export type AppFormVisit = AppVisit & { readonly form: URLSearchParams }

export function forApp(
  parts: Parts,
  answer: (visit: AppVisit) => Answer,
): (c: Context<Env>) => Answer {
  return forPerson(parts, (c, person) => {
    const app = findApp(parts.world, person, c.req.param('appId') ?? '')
    return app ? answer({ c, person, app }) : noSuchApp(parts, c)
  })
}

export function forAppForm(
  parts: Parts,
  answer: (visit: AppFormVisit) => Answer,
): (c: Context<Env>) => Promise<Response> {
  return forForm(parts, dashboard, (c, person, form) => {
    const app = findApp(parts.world, person, c.req.param('appId') ?? '')
    return app ? answer({ c, person, app, form }) : noSuchApp(parts, c)
  })
}

export type AppPage = {
  readonly tab: Tab
  readonly content: Html
  /** A problem of the whole form; the status is then 400. */
  readonly problem?: string
  readonly isRefused?: boolean
}

export function sendAppPage(
  parts: Parts,
  { c, app }: AppVisit,
  appPage: AppPage,
): Promise<Response> {
  const { tab, content, problem, isRefused = problem !== undefined } = appPage
  return sendShell(parts, c, {
    title: `${tab === 'sharing' ? 'Sharing' : tabs[tab]} · ${app.name}`,
    returnTo: appAddress(app.id, tab),
    status: isRefused ? 400 : 200,
    content: appFrame({ app, tab, problem, content, notice: isRefused ? undefined : noticeOf(c) }),
  })
}

function noSuchApp(parts: Parts, c: Context<Env>): Promise<Response> {
  return sendRefusal(parts, c, {
    status: 404,
    title: 'No such app',
    text: html`There is no app of yours at this address. <a href="${dashboard}">Your apps</a>`,
  })
}
