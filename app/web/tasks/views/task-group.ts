// Tasks that belong together, with how many there are in all.
import { taskListAddress, type TaskListQuery, type TaskView } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { numberInWords, todayInWords, type Reader } from '../../ui/words.ts'
import { taskRow, type TaskRow } from './task-row.ts'

export type TaskGroup = {
  readonly kind: TaskView
  /** how many there are, shown here or not */
  readonly total: number
  readonly tasks: readonly TaskRow[]
}

export type GroupSetting = {
  readonly frame: AppFrame
  readonly query: TaskListQuery
}

export function taskGroup(group: TaskGroup, { frame, query }: GroupSetting): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const titleId = `group-${group.kind}`
  const severalWorkspaces = frame.workspaces.length > 1 && query.workspace === undefined
  return html`<section class="group" aria-labelledby="${titleId}">
    <h2 id="${titleId}" ${group.kind === 'overdue' ? html`data-late` : ''}>
      ${groupTitle(group.kind, reader)} <span>${numberInWords(group.total)}</span>
    </h2>
    <ol>
      ${group.tasks.map((task) => taskRow(task, { reader, severalWorkspaces, underToday: group.kind === 'today' }))}
    </ol>
    ${query.view === undefined && group.tasks.length < group.total ? showAll(group, query) : ''}
  </section>`
}

function groupTitle(kind: TaskView, reader: Reader): string {
  switch (kind) {
    case 'overdue':
      return 'Overdue'
    case 'today':
      return `Today, ${todayInWords(reader)}`
    case 'upcoming':
      return 'Upcoming'
    case 'no-date':
      return 'No date'
    case 'done':
      return 'Done'
  }
}

function showAll(group: TaskGroup, query: TaskListQuery): Html {
  const address = taskListAddress({ ...query, view: group.kind, page: 1 })
  return html`<p class="more">
    <a href="${address}"
      >Show all ${numberInWords(group.total)}<span class="visually-hidden">
        of ${group.kind.replace('-', ' ')}</span
      ></a
    >
  </p>`
}
