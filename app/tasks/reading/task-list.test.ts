// Lists of several groups, over every border between two groups.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { createTestClock } from '../../support/clock.ts'
import { asTaskId } from '../../support/ids.ts'
import { connection } from '../../sync/for-tests.ts'
import { createMirror, type Deadline } from '../mirror.ts'
import { saveTasks } from '../rows/synced-task-store.ts'
import { listTasks, type TaskView } from './task-list.ts'

const now = Date.parse('2026-11-23T10:41:00+01:00')
const timeZone = 'Europe/Berlin'
const instants = [
  '2026-11-20T12:00:00',
  '2026-11-22T23:59:59',
  '2026-11-23T00:00:00',
  '2026-11-23T23:59:59',
  '2026-11-24T00:00:00',
  '2026-11-24T23:59:59',
  '2026-11-25T00:00:00',
  '2026-12-24T00:00:00',
]
const days = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25']

onEachEngine('a list of several groups', (open) => {
  const list = async (copies: number) => {
    const { db } = await open()
    const deadlines: readonly (Deadline | null)[] = [
      null,
      ...days,
      ...instants.map(
        (text) => Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds,
      ),
    ]
    const tasks = Array.from({ length: copies }, () => deadlines).flat()
    await saveTasks(
      db,
      connection.connectionId,
      tasks.flatMap((deadlineAt, at) =>
        [false, true].map((isCompleted) => ({
          connectionId: connection.connectionId,
          taskId: asTaskId(`task-${at}-${isCompleted}`),
          content: `Task ${at}`,
          deadlineAt,
          isCompleted,
          completedAt: isCompleted ? now : null,
          assigneeIds: [],
          linkedRecords: [],
          createdBy: null,
          createdAt: at,
          observedAt: now,
        })),
      ),
    )
    const parts = {
      connections: { find: async () => undefined, list: async () => [] },
      mirror: createMirror(db),
      clock: createTestClock(now),
    }
    return async (view: TaskView) => {
      const reader = { accountId: connection.accountId, timeZone }
      const query = { view, page: 1, whose: 'everyone' } as const
      const { groups } = await listTasks(parts, reader, query, [connection])
      return new Map(
        groups.map(({ kind, tasks: some }) => [kind, some.map(({ taskId }) => taskId)]),
      )
    }
  }

  test('each group has its own tasks, in their order, whether groups are read together or apart', async () => {
    for (const copies of [1, 2, 9]) {
      const viewOf = await list(copies)
      const all = await viewOf('all')
      const [today, opened] = [await viewOf('today'), await viewOf('open')]
      for (const view of ['overdue', 'today', 'upcoming', 'no-date', 'done'] as const) {
        const alone = (await viewOf(view)).get(view) ?? []
        assert.ok(alone.length >= copies, view)
        assert.deepEqual(all.get(view), alone.slice(0, 30), `${view} among all`)
        if (view !== 'done') assert.deepEqual(opened.get(view), alone.slice(0, 30), view)
        if (view === 'overdue') assert.deepEqual(today.get(view), alone.slice(0, 5))
        if (view === 'today') {
          assert.deepEqual(today.get(view), alone)
          assert.deepEqual([...(await viewOf('due-today'))], [['today', alone]])
        }
        if (view === 'upcoming') {
          const tomorrow = alone.slice(0, 3 * copies)
          assert.deepEqual(today.get('tomorrow'), tomorrow)
          assert.deepEqual([...(await viewOf('tomorrow'))], [['tomorrow', tomorrow]])
        }
      }
    }
  })
})
