// The list: a form to add a task, then the tasks in groups.
import { html } from 'hono/html'
import type { Html } from '../../pages/layout.ts'
import { listAddress, type View } from '../addresses.ts'
import type { TaskGroup } from '../task-list.ts'
import type { TaskListPage } from '../task-list-page.ts'
import { addForm } from './add-form.ts'
import { workspaceFrame } from './frame.ts'
import { taskRow } from './task-row.ts'

export function taskListPage(page: TaskListPage): Html {
  const { view, list } = page
  return workspaceFrame({
    ...page,
    tab: view,
    counts: list.counts,
    content: html`${view === 'open' ? addForm(page) : ''}
    ${list.groups.length === 0 ? emptiness(view) : list.groups.map((group) => groupOf(page, group))}
    ${pager(page)}`,
  })
}

function groupOf(page: TaskListPage, { title, isLate, tasks }: TaskGroup): Html {
  const id = title.toLowerCase().replaceAll(' ', '-')
  return html`<section class="group" aria-labelledby="${id}">
    <h2 id="${id}" ${isLate ? html`data-late` : ''}>
      ${title} <span class="count">${tasks.length}</span>
    </h2>
    <ul>
      ${tasks.map((task) => taskRow(page, task))}
    </ul>
  </section>`
}

function emptiness(view: View): Html {
  return view === 'open'
    ? html`<div class="empty">
        <h2>Nothing to do</h2>
        <p>Add a task above, and every app that is connected here will hear of it.</p>
      </div>`
    : html`<div class="empty">
        <h2>Nothing done yet</h2>
        <p>Complete a task, and it comes here.</p>
      </div>`
}

function pager({ workspace: { slug }, view, list: { page, pages } }: TaskListPage): Html {
  if (pages === 1) return html``
  const link = (to: number, label: string, rel: string): Html =>
    to < 1 || to > pages
      ? html`<span></span>`
      : html`<a class="button" rel="${rel}" href="${listAddress(slug, view, to)}">${label}</a>`
  return html`<nav class="pager" aria-label="Pages">
    ${link(page - 1, 'Previous', 'prev')}
    <span>Page ${page} of ${pages}</span>
    ${link(page + 1, 'Next', 'next')}
  </nav>`
}
