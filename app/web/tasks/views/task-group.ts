// A group of tasks with its heading and total.
import { clearingAddress, paths, taskListAddress, type ListAddress } from '../../addresses.ts'
import { htmlOf } from '../../kept/byte-places.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { workspaceHues } from '../../ui/hue.ts'
import { html, type Html } from '../../ui/html.ts'
import { largestBatch } from '../clearing/batch-keys.ts'
import { icon } from '../../ui/icons.ts'
import {
  deadlineInWords,
  longDateInWords,
  numberInWords,
  todayInWords,
  type PageReader,
} from '../../ui/words.ts'
import { keptRows } from './kept-rows.ts'
import type { DateStyle } from './shown-row.ts'
import type { TaskRow } from './task-row.ts'

export const groupTitles = {
  overdue: 'Overdue',
  today: 'Today',
  tomorrow: 'Tomorrow',
  upcoming: 'Upcoming',
  'no-date': 'No date',
  done: 'Done',
} as const

export type GroupKind = keyof typeof groupTitles

export type GroupRows = {
  readonly kind: GroupKind
  /** the total, including tasks that are not shown */
  readonly total: number
  /** the number that the person can change, where that is not all of them */
  readonly changeable?: number | undefined
  readonly tasks: readonly TaskRow[]
}

export type GroupSetting = {
  readonly frame: AppFrame
  readonly query: ListAddress
}

/** Renders one of several groups, with its own heading. */
export function taskGroup(group: GroupRows, setting: GroupSetting): Html {
  const { kind, total } = group
  if (kind === 'tomorrow') return folded(group, setting)
  const title = kind === 'today' ? `Today, ${todayInWords(readerOf(setting))}` : groupTitles[kind]
  return html`<section
    class="group"
    data-group="${kind}"
    aria-labelledby="group-${kind}"
    ${group.tasks.length === 0 ? html`hidden` : ''}
  >
    <header>
      <h2 id="group-${kind}" ${kind === 'overdue' ? html`data-late` : ''}>
        ${title} <span>${numberInWords(total)}</span>
      </h2>
      ${kind === 'overdue' ? overdueActions(group, setting.query) : ''}
    </header>
    ${rows(group, setting, dateStyles[kind])}
    ${group.tasks.length < total ? showAll(group, setting.query) : ''}
  </section>`
}

/** Renders the only group of a page, under the page's heading. */
export function loneGroup(group: GroupRows, setting: GroupSetting, titleId: string): Html {
  if (group.kind === 'upcoming') return html`${byDay(group, setting)}`
  return html`<section
    class="group"
    data-lone
    data-group="${group.kind}"
    aria-labelledby="${titleId}"
    ${group.tasks.length === 0 ? html`hidden` : ''}
  >
    ${
      group.kind === 'overdue' ? html`<header>${overdueActions(group, setting.query)}</header>` : ''
    }
    ${rows(group, setting, dateStyles[group.kind])}
  </section>`
}

const dateStyles = {
  overdue: 'age',
  today: 'time',
  tomorrow: 'time',
  upcoming: 'date',
  'no-date': 'date',
  done: 'date',
} satisfies Record<GroupKind, DateStyle>

function folded(group: GroupRows, setting: GroupSetting): Html {
  return html`<details
    class="group"
    data-group="tomorrow"
    aria-labelledby="group-tomorrow"
    ${group.tasks.length === 0 ? html`hidden` : ''}
  >
    <summary>
      ${icon('chevron')}
      <h2 id="group-tomorrow">Tomorrow <span>${numberInWords(group.total)}</span></h2>
    </summary>
    ${rows(group, setting, 'time')}
    ${group.tasks.length < group.total ? showAll(group, setting.query) : ''}
  </details>`
}

/** Renders a section for each day of the tasks, which are in the order of their dates. */
function byDay(group: GroupRows, setting: GroupSetting): readonly Html[] {
  const reader = readerOf(setting)
  const days = Map.groupBy(group.tasks, ({ deadlineAt }) =>
    longDateInWords(deadlineAt ?? 0, reader),
  )
  return [...days].map(([title, tasks]) => {
    const { date } = deadlineInWords(tasks[0]?.deadlineAt ?? 0, reader)
    const id = `day-${date}`
    return html`<section class="group" data-group="${date}" aria-labelledby="${id}">
      <header>
        <h2 id="${id}">${title}</h2>
      </header>
      ${rows({ ...group, tasks }, setting, 'time', date)}
    </section>`
  })
}

/** The button belongs to the form around the list. */
function overdueActions({ total, changeable = total }: GroupRows, query: ListAddress): Html {
  if (changeable === 0) return html``
  return html`<p class="deeds">
    <a href="${clearingAddress(query)}">Clear ${numberInWords(changeable)}</a>
    <button
      class="link"
      type="submit"
      data-key="T"
      aria-keyshortcuts="Shift+T"
      formaction="${paths.overdue}"
      name="list"
      value="${taskListAddress({ ...query, view: 'overdue', page: 1 })}"
    >
      Move ${numberInWords(Math.min(changeable, largestBatch))} to today
    </button>
  </p>`
}

function rows(group: GroupRows, setting: GroupSetting, dates: DateStyle, day = ''): Html {
  const { frame, query } = setting
  const several = frame.workspaces.length > 1 && query.workspace === undefined
  const hues = several ? workspaceHues(frame.workspaces) : undefined
  const shared = { isMine: query.whose === 'mine', returnTo: frame.address, query }
  const list = `${frame.account.username} ${group.kind} ${day}`
  const kept = keptRows(group.tasks, { reader: readerOf(setting), hues, dates }, shared, list)
  return html`<ol>
    ${frame.putBytes?.(kept) ?? htmlOf(kept)}
  </ol>`
}

function readerOf({ frame }: GroupSetting): PageReader {
  return { now: frame.now, timeZone: frame.account.timeZone }
}

function showAll({ kind, total }: GroupRows, query: ListAddress): Html {
  const view = kind === 'today' ? 'due-today' : kind
  const address = taskListAddress({ ...query, view, page: 1 })
  return html`<p class="more">
    <a href="${address}"
      >Show all ${numberInWords(total)}<span class="visually-hidden">
        of ${kind.replace('-', ' ')}</span
      ></a
    >
  </p>`
}
