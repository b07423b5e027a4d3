// A group of tasks with its heading and total.
import { taskListAddress, type ListAddress, type ListView } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { workspaceHues } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { numberInWords, todayInWords, type PageReader } from '../../ui/words.ts'
import { taskRow, type TaskRow } from './task-row.ts'

export type GroupRows = {
  readonly kind: Exclude<ListView, 'all'>
  /** the total, including tasks that are not shown */
  readonly total: number
  readonly tasks: readonly TaskRow[]
}

export type GroupSetting = {
  readonly frame: AppFrame
  readonly query: ListAddress
}

/** Renders one of several groups, with its own heading. */
export function taskGroup(group: GroupRows, setting: GroupSetting): Html {
  const titleId = `group-${group.kind}`
  return html`<section class="group" aria-labelledby="${titleId}">
    <h2 id="${titleId}" ${group.kind === 'overdue' ? html`data-late` : ''}>
      ${viewTitles[group.kind]}${group.kind === 'today' ? `, ${todayInWords(readerOf(setting))}` : ''}
      <span>${numberInWords(group.total)}</span>
    </h2>
    ${rows(group, setting)} ${group.tasks.length < group.total ? showAll(group, setting.query) : ''}
  </section>`
}

/** Renders the only group of a page, under the page's heading. */
export function loneGroup(group: GroupRows, setting: GroupSetting, titleId: string): Html {
  return html`<section class="group" data-lone aria-labelledby="${titleId}">
    ${rows(group, setting)}
  </section>`
}

export const viewTitles = {
  overdue: 'Overdue',
  today: 'Today',
  upcoming: 'Upcoming',
  'no-date': 'No date',
  done: 'Done',
} satisfies Record<Exclude<ListView, 'all'>, string>

function rows(group: GroupRows, setting: GroupSetting): Html {
  const { frame, query } = setting
  const several = frame.workspaces.length > 1 && query.workspace === undefined
  const rowSetting = {
    reader: readerOf(setting),
    hues: several ? workspaceHues(frame.workspaces) : undefined,
    underToday: group.kind === 'today',
    returnTo: frame.address,
    query,
  }
  return html`<ol>
    ${group.tasks.map((task) => taskRow(task, rowSetting))}
  </ol>`
}

function readerOf({ frame }: GroupSetting): PageReader {
  return { now: frame.now, timeZone: frame.account.timeZone }
}

function showAll(group: GroupRows, query: ListAddress): Html {
  const address = taskListAddress({ ...query, view: group.kind, page: 1 })
  return html`<p class="more">
    <a href="${address}"
      >Show all ${numberInWords(group.total)}<span class="visually-hidden">
        of ${group.kind.replace('-', ' ')}</span
      ></a
    >
  </p>`
}
