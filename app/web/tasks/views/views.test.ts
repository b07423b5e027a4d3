import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { day, frame, hour, minute, now, setting, sourceOf, wordsOf } from '../../ui/for-tests.ts'
import { groupsOfTheDay, groupsOfToday } from '../../gallery/tasks-of-the-day.ts'
import type { Arrival, Toast } from '../../ui/toast.ts'
import type { ConnectionRow } from './connection-problems.ts'
import { taskListPage, type TaskListPage } from './task-list.ts'
import type { TaskRow } from './task-row.ts'

const acme: ConnectionRow = {
  connectionId: 'acme',
  workspaceName: 'Acme Robotics',
  status: 'active',
  asOf: now - minute,
}

const page = (changes: Partial<TaskListPage>) =>
  taskListPage({
    frame,
    query: { view: 'open', whose: 'mine', page: 1 },
    groups: groupsOfTheDay(setting),
    pages: 1,
    connections: [acme],
    quickAdd: { targets: [acme], today: '2026-11-23', tomorrow: '2026-11-24' },
    changes: { underWay: 0, failed: [] },
    ...changes,
  })

const task: TaskRow = {
  connectionId: 'acme',
  workspaceName: 'Acme Robotics',
  taskId: 'one',
  content: 'Call Marta',
  deadlineAt: null,
  isCompleted: false,
  assignees: [],
  linkedRecords: [],
}

const only = (row: Partial<TaskRow>, changes: Partial<TaskListPage> = {}) =>
  page({ groups: [{ kind: 'upcoming', total: 1, tasks: [{ ...task, ...row }] }], ...changes })

suite('the task list', () => {
  test('overdue tasks come first, then today’s with the date, then later ones', async () => {
    const words = await wordsOf(page({}))
    const order = ['Overdue 3', 'Today, Monday 23 November 5', 'Upcoming 214', 'No date 2']
    const places = order.map((heading) => words.indexOf(heading))
    assert.ok(
      places.every((place, at) => place > (places[at - 1] ?? 0)),
      String(places),
    )
  })

  test('Today folds overdue tasks to a few, and tomorrow’s to a heading', async () => {
    const query = { view: 'today', whose: 'mine', page: 1 } as const
    const source = await sourceOf(page({ query, groups: groupsOfToday(setting) }))
    assert.match(source, /Overdue <span>26<\/span>/)
    assert.match(source, /href="\/clear" ?>Clear 26</)
    assert.match(source, /formaction="\/tasks\/overdue" name="list" value="\/\?view=overdue"/)
    assert.match(source, /<details class="group"[^>]*>.*Tomorrow <span>3</)
    const { groups } = { groups: groupsOfToday(setting).filter(({ kind }) => kind === 'tomorrow') }
    assert.match(await wordsOf(page({ query, groups })), /Nothing due today.*Tomorrow 3/)
  })

  test('Upcoming is grouped by day', async () => {
    const query = { view: 'upcoming', whose: 'mine', page: 1 } as const
    const groups = groupsOfTheDay(setting).filter(({ kind }) => kind === 'upcoming')
    const words = await wordsOf(page({ query, groups }))
    assert.match(
      words,
      /Tomorrow, Tuesday 24 November .*Wednesday 2 December .*Friday 22 January 2027/,
    )
  })

  test('a truncated group links to its full view, and keeps the filters', async () => {
    const source = await sourceOf(page({ query: { view: 'open', whose: 'everyone', page: 1 } }))
    assert.match(source, /href="\/\?view=upcoming&amp;whose=everyone" ?>Show all 214/)
    assert.equal(source.match(/Show all/g)?.length, 1)
  })

  test('a view of one group has pages', async () => {
    const groups = groupsOfTheDay(setting).filter(({ kind }) => kind === 'upcoming')
    const query = { view: 'upcoming', whose: 'mine', page: 2 } as const
    const source = await sourceOf(page({ query, groups, pages: 5 }))
    assert.match(source, /rel="prev" href="\/\?view=upcoming"/)
    assert.match(source, /rel="next" href="\/\?view=upcoming&amp;page=3"/)
  })

  test('the current view and filter are marked', async () => {
    const source = await sourceOf(page({ query: { view: 'today', whose: 'unassigned', page: 1 } }))
    assert.match(source, /href="\/\?whose=unassigned" aria-current="page"/)
    assert.match(source, /aria-current="true" ?>Unassigned</)
    assert.equal(source.match(/aria-current="page"/g)?.length, 1)
  })

  test('each empty list has its own text', async () => {
    const said = new Set<string>()
    for (const view of ['open', 'overdue', 'today', 'upcoming', 'no-date', 'done'] as const) {
      said.add(await wordsOf(page({ groups: [], query: { view, whose: 'mine', page: 1 } })))
    }
    assert.equal(said.size, 6)
  })
})

suite('a row', () => {
  test('a row shows state, linked records, due date and assignees', async () => {
    const query = { view: 'open', whose: 'everyone', page: 1 } as const
    const source = await sourceOf(
      only(
        {
          deadlineAt: now + day,
          assignees: [{ memberId: 'jo', name: 'Jo Doe' }],
          linkedRecords: [
            { kind: 'person', name: 'Marta Silva', webUrl: 'https://app.attio.com/acme/person/1' },
          ],
        },
        { query },
      ),
    )
    assert.match(source, /role="img" aria-label="Open"/)
    assert.match(source, /<time[^>]*datetime="2026-11-24T08:41:00Z"[^>]*>tomorrow 09:41</)
    assert.match(source, /role="img" title="Jo Doe"[^>]*>JD</)
    assert.match(
      source,
      /href="https:\/\/app\.attio\.com\/acme\/person\/1" target="_blank" rel="noopener noreferrer"/,
    )
  })

  test('in a person’s own list their initials show only on a shared task', async () => {
    const jo = { memberId: 'jo', name: 'Jo Doe' }
    const ada = { memberId: 'ada', name: 'Ada Park' }
    assert.doesNotMatch(await sourceOf(only({ assignees: [jo] })), /class="who"/)
    assert.match(await sourceOf(only({ assignees: [jo, ada] })), /title="Jo Doe"/)
  })

  test('a linked record without a name is still shown', async () => {
    assert.match(await wordsOf(only({ linkedRecords: [{ kind: 'deal' }] })), /A deal/)
  })

  test('many records and assignees are counted, and all are named', async () => {
    const names = ['Ada', 'Bo', 'Cy', 'Di', 'Ed']
    const source = await sourceOf(
      only({
        assignees: names.map((name) => ({ memberId: name, name })),
        linkedRecords: names.map((name) => ({ kind: 'company', name: `${name} Ltd` })),
      }),
    )
    assert.match(source, /role="img" title="Bo, Cy, Di, Ed"[^>]*>\+4</)
    assert.match(source, /title="Cy Ltd, Di Ltd, Ed Ltd"[^>]*>\+3/)
  })

  test('a past due date is marked unless the task is completed', async () => {
    assert.match(await sourceOf(only({ deadlineAt: now - hour })), /class="when"[^>]*data-late/)
    assert.match(await wordsOf(only({ deadlineAt: now - day })), /Call Marta yesterday/)
    const someDays = only({ deadlineAt: now - 3 * day })
    assert.match(await wordsOf(someDays), /Call Marta 3 days/)
    assert.doesNotMatch(await sourceOf(someDays), /class="when"[^>]*data-late/)
    assert.match(await sourceOf(only({ deadlineAt: now - 38 * day })), /data-late[^>]*>5 weeks</)
    const done = only({ deadlineAt: now - hour, isCompleted: true, completedAt: now - 2 * hour })
    assert.doesNotMatch(await sourceOf(done), /class="when"[^>]*data-late/)
    assert.match(await wordsOf(done), /Call Marta 07:41/)
  })

  test('with several workspaces every row has the dot of its workspace, unless one is selected', async () => {
    const workspaces = ['acme', 'globe'].map((connectionId) => ({
      connectionId,
      workspaceName: connectionId,
      needsAttention: false,
    }))
    const several = { frame: { ...frame, workspaces } }
    const dot = /class="dot"[^>]*title="Acme Robotics"/
    assert.match(await sourceOf(only({}, several)), dot)
    const query = { view: 'open', whose: 'mine', workspace: 'acme', page: 1 } as const
    assert.doesNotMatch(await sourceOf(only({}, { ...several, query })), dot)
    assert.doesNotMatch(await sourceOf(only({})), dot)
  })
})

suite('the problem of a connection', () => {
  const said = async (changes: Partial<ConnectionRow>) =>
    wordsOf(page({ connections: [{ ...acme, ...changes }] }))

  test('a revoked token shows how old the tasks are, and offers Reconnect', async () => {
    const words = await said({ status: 'needs-reconnect', asOf: now - 16 * hour })
    assert.match(
      words,
      /Taskr lost access to Acme Robotics\. Showing tasks from yesterday at 17:41\. Reconnect/,
    )
  })

  test('missing permissions are named as in Attio’s dashboard', async () => {
    const scopes = ['task:read-write', 'user_management:read']
    const words = await said({ status: 'missing-scopes', lack: { scopes, costs: 'reading' } })
    assert.match(
      words,
      /Acme Robotics: “Tasks: Read-write” and “User management: Read” are missing in Attio’s dashboard\. Taskr can’t read its tasks\. Showing tasks from/,
    )
  })

  test('a read-only connection says what it cannot do, and syncs normally', async () => {
    const scopes = ['task:read-write']
    const lacking = { status: 'missing-scopes', lack: { scopes, costs: 'writing' } } as const
    const words = await said({ ...lacking, trouble: 'unreachable' })
    assert.match(
      words,
      /“Tasks: Read-write” is missing in Attio’s dashboard\. Its tasks are read-only\. What to do/,
    )
    assert.match(words, /Can’t reach Attio\./)
    assert.match(await said(lacking), /Synced 1 min ago/)
    assert.match(
      await sourceOf(page({ connections: [{ ...acme, ...lacking }] })),
      /data-state="fresh"/,
    )
  })

  test('a connection without live updates has an unobtrusive message', async () => {
    const lack = { scopes: ['webhook:read-write'], costs: 'hearing' } as const
    assert.match(
      await said({ status: 'missing-scopes', lack }),
      /“Webhooks: Read-write” is missing in Attio’s dashboard\. Changes there show up a minute later\./,
    )
  })

  test('while Attio does not respond, the list stays readable and shows its time', async () => {
    const words = await said({ trouble: 'unreachable' })
    assert.match(words, /Can’t reach Attio\. Showing tasks from 09:40; your changes will be sent\./)
    assert.match(words, /Call back about the pilot in Lyon/)
  })

  test('the freshness of the list is that of its oldest working connection', async () => {
    const connections = [
      acme,
      { ...acme, connectionId: 'soylent', asOf: now - 20 * minute },
      { ...acme, connectionId: 'globe', status: 'needs-reconnect' as const, asOf: now - 9 * day },
    ]
    assert.match(await wordsOf(page({ connections })), /Synced 20 min ago/)
  })
})

suite('the first sync', () => {
  test('the first sync shows the number of tasks so far, and refetches the page soon', async () => {
    const syncing = page({
      groups: [],
      connections: [{ ...acme, asOf: null, sync: { tasksSeen: 214 } }],
    })
    assert.match(await wordsOf(syncing), /Fetching Acme Robotics from Attio: 214 tasks so far …/)
    assert.match(await wordsOf(syncing), /Your tasks are on their way/)
    assert.match(await sourceOf(syncing), /data-refresh-every="700"/)
  })

  test('a later sync refetches the page less often, and a finished one not at all', async () => {
    const later = page({ connections: [{ ...acme, sync: { tasksSeen: 0 } }] })
    assert.match(await sourceOf(later), /data-refresh-every="2000"/)
    assert.doesNotMatch(await wordsOf(later), /so far/)
    assert.doesNotMatch(await sourceOf(page({})), /data-refresh-every/)
  })
})

suite('the toast after connecting', () => {
  const toast = {
    kind: 'connected',
    connectionId: 'acme',
    workspaceName: 'Acme Robotics',
    memberName: 'Jo Doe',
    arrival: { kind: 'coming', tasks: 214 },
  } as const

  const saidIn = async (shown: Toast): Promise<string> => {
    const source = await sourceOf(page({ frame: { ...frame, toast: shown } }))
    const [box = ''] = /<div class="toast".*?<\/div>/.exec(source) ?? []
    return box.replaceAll(/<[^>]*>/g, '')
  }

  test('the toast names workspace, member and tasks, and offers “Wrong workspace?”', async () => {
    const source = await sourceOf(page({ frame: { ...frame, toast } }))
    const box = /<div class="toast".*?<\/div>/.exec(source)?.[0] ?? ''
    assert.match(
      box.replaceAll(/<[^>]*>/g, ''),
      /Connected Acme Robotics as Jo Doe · 214 tasks so far\./,
    )
    assert.match(box, /method="post" action="\/connections\/acme\/disconnection"/)
    assert.match(box, /name="reason" value="not-this-one"/)
  })

  test('the toast contains only facts that are known so far', async () => {
    const said: readonly (readonly [Arrival | undefined, string])[] = [
      [undefined, '. Its tasks are on their way.'],
      [{ kind: 'expected' }, '. Its tasks are on their way.'],
      [{ kind: 'late' }, '. Its tasks haven’t arrived yet.'],
      [{ kind: 'coming', tasks: 1 }, ' · 1 task so far.'],
      [{ kind: 'here', tasks: 1_214 }, ' · 1,214 tasks.'],
      [{ kind: 'here', tasks: 0 }, ' · no tasks.'],
    ]
    for (const [arrival, words] of said) {
      const shown = await saidIn({ ...toast, arrival })
      assert.ok(shown.includes(`Connected Acme Robotics as Jo Doe${words}`), shown)
    }
    const again = await saidIn({ ...toast, kind: 'reconnected' })
    assert.match(again, /Reconnected Acme Robotics as Jo Doe\./)
  })

  test('the progress below the toast does not repeat the number', async () => {
    const syncing = { connections: [{ ...acme, asOf: null, sync: { tasksSeen: 214 } }] }
    const words = await wordsOf(page({ frame: { ...frame, toast }, ...syncing }))
    assert.match(words, /Fetching Acme Robotics from Attio …/)
    assert.match(await wordsOf(page(syncing)), /from Attio: 214 tasks so far …/)
  })

  test('the toast can be dismissed without a script, by a link to the page itself', async () => {
    const source = await sourceOf(page({ frame: { ...frame, address: '/?view=today', toast } }))
    assert.match(source, /class="dismiss" href="\/\?view=today" aria-label="Dismiss"/)
  })
})
