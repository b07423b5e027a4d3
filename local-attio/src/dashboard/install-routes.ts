// Install links: an admin of any workspace installs an app, with a warning while it is unpublished.
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { unpublishedAppLimit } from '../authorization/checks.ts'
import type { Env } from '../http.ts'
import { sendPage } from '../pages/layout.ts'
import { forForm, forPerson, sendRefusal } from '../pages/shell.ts'
import type { Parts } from '../parts.ts'
import type { App, Person } from '../world/access.ts'
import type { World } from '../world/world.ts'
import { administeredBy } from '../people/visible-apps.ts'
import { installAddress } from './addresses.ts'
import { installPage } from './views/install.ts'

export function addInstallRoutes(parts: Parts, pages: Hono<Env>): void {
  const { world } = parts

  pages.get(
    installAddress(':appId'),
    forPerson(parts, (c, person) => {
      const app = world.apps.get(c.req.param('appId') ?? '')
      return app ? ask(world, c, person, app) : noSuchApp(parts, c)
    }),
  )

  pages.post(
    installAddress(':appId'),
    forForm(parts, '/', (c, person, form) => {
      const app = world.apps.get(c.req.param('appId') ?? '')
      if (!app) return noSuchApp(parts, c)
      const wanted = form.get('workspace')
      const workspace = administeredBy(world, person).find(({ id }) => id === wanted)
      if (!workspace) return ask(world, c, person, app, 'Pick a workspace of yours.')
      const outcome = install(parts, app, workspace.id)
      return outcome === 'too-many'
        ? ask(world, c, person, app, tooMany)
        : c.redirect(`/workspaces/${workspace.slug}/settings/apps?said=installed`, 303)
    }),
  )
}

const tooMany = `An app that is not published can be in ${unpublishedAppLimit} workspaces, and it is.`

function install(parts: Parts, app: App, workspaceId: string): 'done' | 'too-many' {
  const { world, ids, clock } = parts
  const installations = world.installations.all().filter((one) => one.appId === app.id)
  if (installations.some((one) => one.workspaceId === workspaceId)) return 'done'
  if (!app.isPublished && installations.length >= unpublishedAppLimit) return 'too-many'
  world.transact(() =>
    world.installations.put({
      id: ids.uuid(),
      appId: app.id,
      workspaceId,
      createdAt: clock.now(),
    }),
  )
  return 'done'
}

function ask(
  world: World,
  c: Context<Env>,
  person: Person,
  app: App,
  problem?: string,
): Promise<Response> {
  const workspaces = administeredBy(world, person)
  const content = installPage({ person, app, workspaces, problem })
  return sendPage(c, content, { status: problem === undefined ? 200 : 400 })
}

function noSuchApp(parts: Parts, c: Context<Env>): Promise<Response> {
  return sendRefusal(parts, c, {
    status: 404,
    title: 'No such app',
    text: html`This install link leads to an app that is not there.`,
  })
}
