// Workspace settings → Apps: which apps are installed; an admin removes one, and its tokens end.
import type { Hono } from 'hono'
import { removeApp } from '../control/apps.ts'
import type { Env } from '../http.ts'
import { html } from 'hono/html'
import { sendRefusal, sendShell } from '../pages/shell.ts'
import type { Parts } from '../parts.ts'
import { appsAddress } from './addresses.ts'
import { noticeOf, saying } from './notices.ts'
import { listTasks } from './task-list.ts'
import { appsPage } from './views/apps.ts'
import { forMember, forMemberForm } from './visits.ts'

export function addAppSettings(parts: Parts, pages: Hono<Env>): void {
  const { world, clock } = parts
  const here = appsAddress(':slug')

  pages.get(
    here,
    forMember(parts, ({ c, workspace, member }) => {
      const installed = world.installations
        .all()
        .filter((one) => one.workspaceId === workspace.id)
        .flatMap((installation) => {
          const app = world.apps.get(installation.appId)
          const tokens = world.accessTokens
            .all()
            .filter((one) => one.appId === app?.id && one.workspaceId === workspace.id)
          return app ? [{ app, installation, tokens }] : []
        })
      const { counts } = listTasks(world, workspace.id, { view: 'open', page: 1, now: clock.now() })
      return sendShell(parts, c, {
        title: `Apps · ${workspace.name}`,
        returnTo: appsAddress(workspace.slug),
        content: appsPage({ world, workspace, member, counts, installed, notice: noticeOf(c) }),
      })
    }),
  )

  pages.post(
    `${here}/:appId/removal`,
    forMemberForm(parts, ({ c, workspace, member }) => {
      const address = appsAddress(workspace.slug)
      if (member.accessLevel !== 'admin') {
        return sendRefusal(parts, c, {
          status: 403,
          title: 'Only an admin can remove an app',
          text: html`Nothing was changed. <a href="${address}">Apps</a>`,
        })
      }
      removeApp(world, c.req.param('appId') ?? '', workspace.id)
      return c.redirect(saying(address, 'removed'), 303)
    }),
  )
}
