// Samples of task lists: ordinary, with problems, empty, and with unusual texts.
import { taskViews, type ListAddress } from '../addresses.ts'
import type { ConnectionRow } from '../tasks/views/connection-problems.ts'
import type { GroupRows } from '../tasks/views/task-group.ts'
import { taskListPage, type TaskListPage } from '../tasks/views/task-list.ts'
import { changeToasts, failedChangeSamples } from './change-samples.ts'
import { groupsOfTheDay, groupsOfToday, strangeTasks } from './tasks-of-the-day.ts'
import {
  day,
  inApp,
  inSeveralWorkspaces,
  minute,
  now,
  type Sample,
  type Setting,
} from './sample.ts'

const quickAdd = { today: '2026-11-23', tomorrow: '2026-11-24' }
const open: ListAddress = { view: 'open', whose: 'mine', page: 1 }
const today: ListAddress = { ...open, view: 'today' }

export function taskSamples(setting: Setting): readonly Sample[] {
  const acme: ConnectionRow = {
    connectionId: 'acme',
    workspaceName: setting.say('Acme Robotics'),
    status: 'active',
    asOf: now - minute,
  }
  const page = (name: string, changes: Partial<TaskListPage>): Sample => ({
    name: `tasks-${name}`,
    page: taskListPage({
      frame: inApp(setting),
      query: open,
      groups: groupsOfTheDay(setting),
      pages: 1,
      connections: [acme],
      quickAdd: { ...quickAdd, targets: [acme] },
      changes: { underWay: 0, failed: [] },
      ...changes,
    }),
  })
  return [
    page('open', {}),
    page('today', { query: today, groups: groupsOfToday(setting) }),
    page('today-several-workspaces', {
      frame: inSeveralWorkspaces(setting),
      query: { ...today, whose: 'everyone' },
      groups: groupsOfToday(setting),
    }),
    page('today-only-tomorrow', {
      query: today,
      groups: groupsOfToday(setting).filter(({ kind }) => kind === 'tomorrow'),
    }),
    page('overdue', {
      query: { ...today, view: 'overdue' },
      groups: groupsOfToday(setting).filter(({ kind }) => kind === 'overdue'),
    }),
    page('connected', {
      frame: {
        ...inApp(setting),
        toast: {
          kind: 'connected',
          connectionId: 'acme',
          workspaceName: setting.say('Acme Robotics'),
          memberName: setting.say('Jo Doe'),
          arrival: { kind: 'coming', tasks: 214 },
        },
      },
      connections: [{ ...acme, asOf: null, sync: { tasksSeen: 120 } }],
    }),
    page('first-sync', {
      frame: { ...inApp(setting), counts: { overdue: 0, today: 0, upcoming: 0, noDate: 0 } },
      groups: [],
      connections: [{ ...acme, asOf: null, sync: { tasksSeen: 0 } }],
    }),
    page('several-workspaces', {
      frame: inSeveralWorkspaces(setting),
      query: { ...open, whose: 'everyone' },
      quickAdd: { ...quickAdd, targets: severalConnections(acme, setting) },
      connections: severalConnections(acme, setting),
    }),
    page('pending', {
      changes: { underWay: 2, failed: [] },
      isLive: true,
      groups: groupsOfTheDay(setting).map((group) => ({
        ...group,
        tasks: group.tasks.map((task, at) => ({ ...task, isPending: at === 1 })),
      })),
    }),
    page('refused', { changes: { underWay: 1, failed: failedChangeSamples(setting) } }),
    page('add-refused', {
      frame: inSeveralWorkspaces(setting),
      quickAdd: {
        ...quickAdd,
        targets: severalConnections(acme, setting),
        refused: {
          content: setting.say('Call Marta'),
          date: '2026-11-24',
          connectionId: 'globe',
          isMine: false,
          problem: 'Too long: Attio allows 2,000 characters.',
        },
      },
    }),
    page('read-only', {
      groups: groupsOfTheDay(setting).map((group) => ({
        ...group,
        changeable: 0,
        tasks: group.tasks.map((task) => ({ ...task, isWritable: false })),
      })),
      quickAdd: { ...quickAdd, targets: [] },
      connections: [
        {
          ...acme,
          status: 'missing-scopes',
          lack: { scopes: ['task:read-write'], costs: 'writing' },
        },
      ],
    }),
    ...changeToasts(setting).map((toast, at) =>
      page(`toast-${at}`, { frame: { ...inApp(setting), toast }, groups: [] }),
    ),
    page('trouble', {
      connections: [{ ...acme, asOf: now - day, trouble: 'unreachable' }],
    }),
    page('one-workspace', {
      frame: inSeveralWorkspaces(setting),
      query: { ...open, workspace: 'acme' },
    }),
    page('strange', { groups: [strangeTasks(setting)] }),
    page('upcoming-second-page', {
      query: { view: 'upcoming', whose: 'mine', page: 2 },
      groups: groupsOfTheDay(setting).filter(({ kind }) => kind === 'upcoming'),
      pages: 5,
    }),
    page('done', {
      query: { view: 'done', whose: 'everyone', page: 1 },
      groups: [doneGroup(setting)],
    }),
    ...emptyViews(page),
  ]
}

function severalConnections(acme: ConnectionRow, { say }: Setting): readonly ConnectionRow[] {
  return [
    acme,
    {
      connectionId: 'globe',
      workspaceName: say('Globex'),
      status: 'needs-reconnect',
      asOf: now - day + 8 * 60 * minute,
    },
    {
      connectionId: 'umbrella',
      workspaceName: say('The Very Long Holding Company of Southern Patagonia'),
      status: 'missing-scopes',
      lack: { scopes: ['task:read-write', 'user_management:read'], costs: 'reading' },
      asOf: now - 20 * minute,
    },
    {
      connectionId: 'soylent',
      workspaceName: say('Soylent'),
      status: 'active',
      asOf: now - 20 * minute,
      trouble: 'slow',
    },
  ]
}

function doneGroup(setting: Setting): GroupRows {
  const tasks = groupsOfTheDay(setting)
    .flatMap(({ tasks }) => tasks)
    .map((task, index) => ({
      ...task,
      isCompleted: true,
      completedAt: index % 3 === 2 ? null : now - index * 7 * 60 * minute,
    }))
  return { kind: 'done', total: tasks.length, tasks }
}

function emptyViews(
  page: (name: string, changes: Partial<TaskListPage>) => Sample,
): readonly Sample[] {
  return [
    ...taskViews.map((view) =>
      page(`empty-${view}`, { groups: [], query: { view, whose: 'mine', page: 1 } }),
    ),
    page('empty-unassigned', { groups: [], query: { ...open, whose: 'unassigned' } }),
    page('empty-everyone', { groups: [], query: { ...open, whose: 'everyone' } }),
  ]
}
