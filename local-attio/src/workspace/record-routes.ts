// Serves a record's `web_url`: the record as a member of its workspace sees it.
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../http.ts'
import { sendRefusal, sendShell } from '../pages/shell.ts'
import type { Parts } from '../parts.ts'
import { tasksAddress } from './addresses.ts'
import { recordPage } from './views/record.ts'
import { forMember } from './visits.ts'

export function addRecordRoutes(parts: Parts, pages: Hono<Env>): void {
  const { world } = parts

  // The noun in the middle is decorative: the id alone identifies the record.
  const recordId = ':recordId{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}}'
  pages.on(
    'GET',
    [`/:slug/:noun/${recordId}`, `/:slug/deals/record/${recordId}`],
    forMember(parts, ({ c, workspace }) => {
      const record = world.records.get(c.req.param('recordId') ?? '')
      if (record?.workspaceId === workspace.id) {
        const content = recordPage(world, workspace, record)
        return sendShell(parts, c, { title: `Record · ${workspace.name}`, content })
      }
      return sendRefusal(parts, c, {
        status: 404,
        title: 'No such record',
        text: html`It may have been deleted.
          <a href="${tasksAddress(workspace.slug)}">${workspace.name}</a>`,
      })
    }),
  )
}
