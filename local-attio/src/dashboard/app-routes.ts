// Routes that rename, share, publish and delete an app.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import type { Installation } from '../world/access.ts'
import type { World } from '../world/world.ts'
import { appAddress, dashboard } from './addresses.ts'
import { changeApp, deleteApp } from './app-edits.ts'
import { forApp, forAppForm, sendAppPage, type AppFormVisit, type AppVisit } from './app-pages.ts'
import { problemWithAppName, tidyName } from './names.ts'
import { saying } from './notices.ts'
import { information, type Information } from './views/information.ts'
import { sharing } from './views/sharing.ts'

export function addAppRoutes(parts: Parts, pages: Hono<Env>): void {
  const here = appAddress(':appId')
  pages.get(
    here,
    forApp(parts, (visit) => showInformation(parts, visit)),
  )
  pages.post(
    `${here}/name`,
    forAppForm(parts, (visit) => rename(parts, visit)),
  )
  pages.get(
    `${here}/sharing`,
    forApp(parts, (visit) => showSharing(parts, visit)),
  )
  pages.post(
    `${here}/publication`,
    forAppForm(parts, (visit) => publish(parts, visit)),
  )
  pages.post(
    `${here}/deletion`,
    forAppForm(parts, ({ c, app }) => {
      deleteApp(parts, app)
      return c.redirect(saying(dashboard, 'deleted'), 303)
    }),
  )
}

type Answer = Response | Promise<Response>

function showInformation(parts: Parts, visit: AppVisit): Promise<Response> {
  const content = information(informationOf(parts.world, visit))
  return sendAppPage(parts, visit, { tab: '', content })
}

function rename(parts: Parts, visit: AppFormVisit): Answer {
  const { world } = parts
  const { c, app, form } = visit
  const name = tidyName(form.get('name'))
  const message = problemWithAppName(world, name, app.id)
  if (message === undefined) {
    changeApp(parts, app, { name })
    return c.redirect(saying(appAddress(app.id), 'renamed'), 303)
  }
  const refused = { name, problems: [{ field: 'name', message }] }
  const content = information({ ...informationOf(world, visit), refused })
  return sendAppPage(parts, visit, { tab: '', content, isRefused: true })
}

function showSharing(parts: Parts, visit: AppVisit, problem?: string): Promise<Response> {
  const { settings, world } = parts
  return sendAppPage(parts, visit, {
    tab: 'sharing',
    ...(problem !== undefined && { problem }),
    content: sharing({
      world,
      origin: settings.origin,
      app: visit.app,
      installations: installationsOf(world, visit.app.id),
    }),
  })
}

function publish(parts: Parts, visit: AppFormVisit): Answer {
  const { c, app, form } = visit
  const isPublished = form.get('published') === 'yes'
  // Attio's rule for the names of published apps.
  if (isPublished && /attio/i.test(app.name)) {
    const problem = 'The name of a published app must not contain “Attio”. Rename the app first.'
    return showSharing(parts, visit, problem)
  }
  changeApp(parts, app, { isPublished })
  const notice = isPublished ? 'published' : 'unpublished'
  return c.redirect(saying(appAddress(app.id, 'sharing'), notice), 303)
}

function informationOf(world: World, { app }: AppVisit): Omit<Information, 'refused'> {
  return {
    app,
    developer: developerOf(world, app.developerAccountId),
    installations: installationsOf(world, app.id).length,
  }
}

function developerOf(world: World, accountId: string | null): string {
  if (accountId === null) return 'a program'
  return world.developerAccounts.get(accountId)?.name ?? ''
}

function installationsOf(world: World, appId: string): Installation[] {
  return world.installations.all().filter((one) => one.appId === appId)
}
