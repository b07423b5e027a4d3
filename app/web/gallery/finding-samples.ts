// Samples of narrowed lists, with and without matches, and of the team page.
import type { ListAddress } from '../addresses.ts'
import type { ConnectionRow } from '../tasks/views/connection-problems.ts'
import { taskListPage, type TaskListPage } from '../tasks/views/task-list.ts'
import { teamPage } from '../tasks/team/team-page.ts'
import { groupsOfTheDay } from './tasks-of-the-day.ts'
import { inApp, inSeveralWorkspaces, minute, now, type Sample, type Setting } from './sample.ts'

const everywhere: ListAddress = { view: 'all', whose: 'everyone', page: 1 }

export function findingSamples(setting: Setting): readonly Sample[] {
  const { say } = setting
  const acme: ConnectionRow = {
    connectionId: 'acme',
    workspaceName: say('Acme Robotics'),
    status: 'active',
    asOf: now - minute,
  }
  const page = (name: string, changes: Partial<TaskListPage>): Sample => ({
    name: `find-${name}`,
    page: taskListPage({
      frame: inApp(setting),
      query: everywhere,
      groups: groupsOfTheDay(setting),
      pages: 1,
      connections: [acme],
      quickAdd: { today: '2026-11-23', tomorrow: '2026-11-24', targets: [acme] },
      changes: { underWay: 0, failed: [] },
      ...changes,
    }),
  })
  const record = {
    kind: 'company',
    name: say('Initech'),
    webUrl: 'https://app.attio.com/acme/company/1',
  } as const
  return [
    page('search', { query: { ...everywhere, text: 'qqq' }, isCutOff: true }),
    page('nothing', { query: { ...everywhere, text: say('zzz') }, groups: [] }),
    page('nothing-of-member', {
      query: { view: 'today', whose: 'mine', member: 'jo', page: 1 },
      names: { member: say('Jo Doe') },
      groups: [],
    }),
    page('record', { query: { ...everywhere, record: 'one' }, names: { record } }),
    page('all-filters', {
      query: {
        view: 'open',
        whose: 'mine',
        member: 'jo',
        record: 'one',
        workspace: 'acme',
        text: 'qqq',
        page: 1,
      },
      names: { member: say('Jo Doe'), record },
    }),
    page('unknown-filters', {
      query: { view: 'open', whose: 'mine', member: 'gone', record: 'gone', page: 1 },
      groups: [],
    }),
    ...teamSamples(setting),
  ]
}

const onePage = { isWhole: true, page: 1, pages: 1 }

function teamSamples(setting: Setting): readonly Sample[] {
  const member = (memberId: string, name: string, isMe = false) => ({
    member: { memberId, name: setting.say(name), isMe },
    connectionId: 'acme',
  })
  const lines = [
    { ...member('jo', 'Jo Doe', true), overdue: 3, today: 5, open: 37 },
    { ...member('ada', 'Ada Byron'), overdue: 26, today: 0, open: 1_204 },
    { ...member('lin', 'Lin Chen'), overdue: 0, today: 0, open: 0 },
    { connectionId: 'acme', overdue: 1, today: 0, open: 12 },
  ]
  return [
    { name: 'team', page: teamPage({ frame: inApp(setting), lines, ...onePage }) },
    {
      name: 'team-several-workspaces',
      page: teamPage({
        frame: inSeveralWorkspaces(setting),
        lines,
        isWhole: false,
        page: 2,
        pages: 3,
      }),
    },
    {
      name: 'team-one-workspace',
      page: teamPage({ frame: inSeveralWorkspaces(setting), lines, ...onePage, workspace: 'acme' }),
    },
    { name: 'team-empty', page: teamPage({ frame: inApp(setting), lines: [], ...onePage }) },
  ]
}
