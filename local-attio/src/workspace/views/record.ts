// A record: its name, its values, and its linked tasks.
import { html } from 'hono/html'
import type { Html } from '../../pages/layout.ts'
import type { Workspace } from '../../world/access.ts'
import type { AttioRecord } from '../../world/records.ts'
import type { World } from '../../world/world.ts'
import { tasksAddress } from '../addresses.ts'
import { shownValues } from '../record-values.ts'
import { recordName } from '../records.ts'

export function recordPage(world: World, workspace: Workspace, record: AttioRecord): Html {
  const { id, objectId } = record
  const tasks = world
    .taskOrder(workspace.id, 'completed_at:asc')
    .filter((task) => task.linkedRecords.some(({ recordId }) => recordId === id))
  return html`<p class="above">
      <a href="${tasksAddress(workspace.slug)}">${workspace.name}</a> ·
      ${world.objects.get(objectId)?.singularNoun ?? 'Record'}
    </p>
    <header class="head"><h1 dir="auto">${recordName(world, id)}</h1></header>
    <section class="panel" aria-label="Values">
      <dl class="values">
        ${shownValues(world, record).map(
          ({ title, texts }) =>
            html`<div>
              <dt>${title}</dt>
              ${texts.map((text) => html`<dd dir="auto">${text}</dd>`)}
            </div>`,
        )}
        <div>
          <dt>Record ID</dt>
          <dd><code>${id}</code></dd>
        </div>
      </dl>
    </section>
    <section class="panel" aria-labelledby="tasks">
      <h2 id="tasks">Tasks <span class="count">${tasks.length}</span></h2>
      ${
        tasks.length === 0
          ? html`<p class="empty">No task is about this record.</p>`
          : html`<ul class="things">
              ${tasks.map(
                (task) =>
                  html`<li>
                    <a class="what" dir="auto" href="${tasksAddress(workspace.slug, task.id)}"
                      >${task.content}</a
                    >
                    ${task.isCompleted ? html`<span class="badge">Done</span>` : ''}
                  </li>`,
              )}
            </ul>`
      }
    </section>`
}
