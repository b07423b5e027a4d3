// The task list: problems first, then overdue, today's and later tasks.
import { paths, taskListAddress, type ListAddress } from '../../addresses.ts'
import { actionForm } from '../../ui/action-form.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { appPage } from '../../ui/layout.ts'
import { pager } from '../../ui/pager.ts'
import { nextTurn } from '../../ui/turning.ts'
import { numberInWords, todayInWords } from '../../ui/words.ts'
import { emptyList } from './empty-list.ts'
import { failedChanges, type FailedChange } from './failed-changes.ts'
import { filters } from './filters.ts'
import { freshness } from './freshness.ts'
import { keyList } from './key-list.ts'
import { quickAdd, type QuickAdd } from './quick-add.ts'
import { isFirstSync, syncProgress } from './sync-progress.ts'
import { connectionProblems, type ConnectionRow } from './connection-problems.ts'
import { loneGroup, taskGroup, viewTitles, type GroupRows } from './task-group.ts'
import { recordIconSheet } from './task-row.ts'

export type TaskListPage = {
  readonly frame: AppFrame
  readonly query: ListAddress
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
  const heading = query.view === undefined ? 'Open tasks' : viewTitles[query.view]
  const title = page.quickAdd.refused === undefined ? heading : `Problem: ${heading}`
  const groups = page.groups.filter((group) => group.tasks.length > 0)
  const isSyncing = connections.some(({ sync }) => sync !== undefined)
  return appPage(frame, {
    title,
    current: { kind: 'tasks', view: query.view, workspace: query.workspace },
    ...(isSyncing ? { refreshEveryMs: connections.some(isFirstSync) ? 700 : 2000 } : {}),
    refreshOnReturn: true,
    turnsAt: nextTurn(
      groups.flatMap(({ tasks }) => tasks),
      { now: frame.now, timeZone: frame.account.timeZone },
    ),
    body: html`<header class="view">
        <h1 id="title">${heading}</h1>
        ${query.view === undefined ? '' : besideTitle(groups[0], page)}
        ${freshness(connections, frame, { isLive: page.isLive, underWay: changes.underWay })}
      </header>
      ${connectionProblems(connections, frame)} ${failedChanges(changes.failed, frame)}
      ${syncProgress(connections, frame)} ${quickAdd(page.quickAdd, query, frame)}
      ${filters(query, connections)}
      ${groups.length === 0 ? emptyList(query, connections) : groupsOf(groups, page)}
      ${pagesOf(page, heading)} ${keyList()}`,
  })
}

/**
 * Renders one form around all checkboxes. Each checkbox has its own address, from which the form's single key makes a
 * separate key for each task.
 */
function groupsOf(groups: readonly GroupRows[], page: TaskListPage): Html {
  const { frame } = page
  const inside = html`${recordIconSheet()} ${groups.map((group) => groupOf(group, page))}`
  const isPressable = groups.some(({ tasks }) =>
    tasks.some(({ isWritable }) => isWritable === true),
  )
  if (!isPressable) return inside
  const here = { returnTo: frame.address, requestKey: frame.requestKey }
  return actionForm(here, { address: paths.home, isList: true, inside })
}

function groupOf(group: GroupRows, page: TaskListPage): Html {
  return page.query.view === undefined ? taskGroup(group, page) : loneGroup(group, page, 'title')
}

/** Returns the number of tasks, with the date in Today. */
function besideTitle(group: GroupRows | undefined, { frame, query }: TaskListPage): Html {
  const day = todayInWords({ now: frame.now, timeZone: frame.account.timeZone })
  const total = group === undefined ? '' : numberInWords(group.total)
  return html`<p class="beside">
    ${[query.view === 'today' ? day : '', total].filter((part) => part !== '').join(' · ')}
  </p>`
}

function pagesOf({ query, pages }: TaskListPage, title: string): Html {
  if (query.view === undefined) return html``
  const position = { page: query.page, pages }
  return pager(position, (page) => taskListAddress({ ...query, page }), title)
}
