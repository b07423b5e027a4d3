// The task list: problems first, then what is late, what is today, what can wait.
import { taskListAddress, type TaskListQuery, type TaskView } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { appPage } from '../../ui/layout.ts'
import { pager } from '../../ui/pager.ts'
import { emptyList } from './empty-list.ts'
import { filters } from './filters.ts'
import { freshness } from './freshness.ts'
import { isFirstWalk, walkProgress } from './walk-progress.ts'
import { connectionProblems, type ListedConnection } from './connection-problems.ts'
import { taskGroup, type TaskGroup } from './task-group.ts'

export type TaskListPage = {
  readonly frame: AppFrame
  readonly query: TaskListQuery
  /** in the order they are shown; groups without tasks may be left out */
  readonly groups: readonly TaskGroup[]
  /** of a single view that has several pages */
  readonly pages: number
  /** those that the list shows: all, or the one that was asked for */
  readonly connections: readonly ListedConnection[]
}

const titles = {
  overdue: 'Overdue',
  today: 'Today',
  upcoming: 'Upcoming',
  'no-date': 'No date',
  done: 'Done',
} satisfies Record<TaskView, string>

export function taskListPage(page: TaskListPage): Html {
  const { frame, query, connections } = page
  const title = query.view === undefined ? 'Open tasks' : titles[query.view]
  const groups = page.groups.filter((group) => group.tasks.length > 0)
  const isWalking = connections.some(({ walk }) => walk !== undefined)
  return appPage(frame, {
    title,
    current: { kind: 'tasks', view: query.view, workspace: query.workspace },
    ...(isWalking ? { refreshEveryMs: connections.some(isFirstWalk) ? 700 : 2000 } : {}),
    refreshOnReturn: true,
    body: html`<header class="view">
        <h1>${title}</h1>
        ${freshness(connections, frame)}
      </header>
      ${connectionProblems(connections, frame)} ${walkProgress(connections)}
      ${filters(query, connections)}
      ${groups.length === 0 ? emptyList(query, connections) : groups.map((group) => taskGroup(group, page))}
      ${
        query.view === undefined
          ? ''
          : pager(
              { page: query.page, pages: page.pages },
              (number) => taskListAddress({ ...query, page: number }),
              title,
            )
      }`,
  })
}
