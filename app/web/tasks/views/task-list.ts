// The task list: problems first, then overdue, today's and later tasks.
import { paths, taskListAddress, type ListAddress, type ListView } from '../../addresses.ts'
import { actionForm } from '../../ui/action-form.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { appPage } from '../../ui/layout.ts'
import { pager } from '../../ui/pager.ts'
import { nextTurn } from '../../ui/turning.ts'
import { numberInWords } from '../../ui/words.ts'
import { emptyList } from './empty-list.ts'
import { failedChanges, type FailedChange } from './failed-changes.ts'
import { filterChips, filters, recordNameOf, type FilterNames } from '../finding/filters.ts'
import { freshness } from './freshness.ts'
import { keyList } from './key-list.ts'
import { quickAdd, type QuickAdd } from './quick-add.ts'
import { searchField } from '../finding/search-field.ts'
import { isFirstSync, syncProgress } from './sync-progress.ts'
import { connectionProblems, type ConnectionRow } from './connection-problems.ts'
import { loneGroup, taskGroup, type GroupRows } from './task-group.ts'
import { recordIconSheet } from './task-row.ts'

export type TaskListPage = {
  readonly frame: AppFrame
  readonly query: ListAddress
  /** the names of the member and the record that the list is narrowed to */
  readonly names?: FilterNames | undefined
  /** true when more tasks match than a search reads */
  readonly isCutOff?: boolean | undefined
  /** in display order; empty groups may be left out */
  readonly groups: readonly GroupRows[]
  /** the pages of a single view */
  readonly pages: number
  /** the connections that the list shows: all, or the requested one */
  readonly connections: readonly ConnectionRow[]
  readonly quickAdd: QuickAdd
  /** the number of pending changes, and the refused ones */
  readonly changes: { readonly underWay: number; readonly failed: readonly FailedChange[] }
  /** true when webhooks report every change in the connections shown */
  readonly isLive?: boolean | undefined
}

export function taskListPage(page: TaskListPage): Html {
  const { frame, query, connections, changes } = page
  const heading = headingOf(page)
  const title = page.quickAdd.refused === undefined ? heading : `Problem: ${heading}`
  const groups = page.groups.filter((group) => group.tasks.length > 0)
  const isSyncing = connections.some(({ sync }) => sync !== undefined)
  return appPage(frame, {
    title,
    current: { kind: 'tasks', query },
    ...(isSyncing ? { refreshEveryMs: connections.some(isFirstSync) ? 700 : 2000 } : {}),
    refreshOnReturn: true,
    isOfTasks: true,
    turnsAt: nextTurn(
      groups.flatMap(({ tasks }) => tasks),
      { now: frame.now, timeZone: frame.account.timeZone },
    ),
    body: html`<header class="view">
        <h1 id="title">${heading}</h1>
        ${besideTitle(groups, page)} ${workspacesButton(page)} ${filters(query)}
        ${freshness(connections, frame, { isLive: page.isLive, underWay: changes.underWay })}
        ${searchField(query)}
      </header>
      ${connectionProblems(connections, frame)} ${failedChanges(changes.failed, frame)}
      ${syncProgress(connections, frame)} ${quickAdd(page.quickAdd, query, frame)}
      ${filterChips(query, connections, page.names)} ${page.isCutOff === true ? tooMany() : ''}
      ${isNothingDue(groups, query) ? emptyList(query, connections, page.names) : ''}
      ${groupsOf(groups, page)} ${pagesOf(page, heading)} ${keyList()}`,
  })
}

const headings = {
  today: 'Today',
  'due-today': 'Due today',
  tomorrow: 'Tomorrow',
  overdue: 'Overdue',
  upcoming: 'Upcoming',
  'no-date': 'No date',
  open: 'Open tasks',
  done: 'Done',
} satisfies Record<Exclude<ListView, 'all'>, string>

/** True when the list is empty, or has only what is due tomorrow. */
function isNothingDue(groups: readonly GroupRows[], { view }: ListAddress): boolean {
  return view === 'today' ? groups.every(({ kind }) => kind === 'tomorrow') : groups.length === 0
}

function hasSeveralGroups({ view }: ListAddress): boolean {
  return view === 'today' || view === 'open' || view === 'all'
}

/**
 * Renders one form around all checkboxes. Each checkbox has its own address, from which the form's single key makes a
 * separate key for each task.
 */
function groupsOf(groups: readonly GroupRows[], page: TaskListPage): Html {
  const { frame } = page
  const shown = page.groups.filter((group) => isRendered(group, page.query))
  if (shown.length === 0) return html``
  const inside = html`${recordIconSheet()} ${shown.map((group) => groupOf(group, page))}`
  const isPressable = groups.some(({ tasks }) =>
    tasks.some(({ isWritable }) => isWritable === true),
  )
  if (!isPressable) return inside
  const here = { returnTo: frame.address, requestKey: frame.requestKey }
  return actionForm(here, { address: paths.home, isList: true, inside })
}

/** Empty groups are hidden, so that the script can put a row into them at once. */
function isRendered({ kind, tasks }: GroupRows, query: ListAddress): boolean {
  return tasks.length > 0 || (hasSeveralGroups(query) ? kind !== 'done' : kind === 'no-date')
}

function groupOf(group: GroupRows, page: TaskListPage): Html {
  return hasSeveralGroups(page.query) ? taskGroup(group, page) : loneGroup(group, page, 'title')
}

function headingOf({ query, names = {} }: TaskListPage): string {
  if (query.view !== 'all') return headings[query.view]
  if (query.text !== undefined) return 'Search'
  return query.record === undefined ? 'All tasks' : recordNameOf(names)
}

function tooMany(): Html {
  return html`<p class="cut-off" role="status">Many tasks match. Type more to narrow them down.</p>`
}

/** Returns the number of tasks, unless each group has its own. */
function besideTitle(groups: readonly GroupRows[], { query }: TaskListPage): Html {
  if (query.view === 'today' || query.view === 'open') return html``
  const total = groups.reduce((sum, group) => sum + group.total, 0)
  return html`<p class="beside">${total === 0 ? '' : numberInWords(total)}</p>`
}

/** Opens the menu of workspaces, which only a narrow screen folds into the title. */
function workspacesButton({ frame, query }: TaskListPage): Html {
  if (frame.workspaces.length < 2) return html``
  const chosen = frame.workspaces.find(({ connectionId }) => connectionId === query.workspace)
  return html`<button class="spaces-open" type="button" popovertarget="spaces">
    <bdi>${chosen?.workspaceName ?? 'All workspaces'}</bdi>${icon('chevron')}
  </button>`
}

function pagesOf({ query, pages }: TaskListPage, title: string): Html {
  if (hasSeveralGroups(query)) return html``
  const position = { page: query.page, pages }
  return pager(position, (page) => taskListAddress({ ...query, page }), title)
}
