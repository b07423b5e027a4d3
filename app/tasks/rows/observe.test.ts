// The rows that observing a task writes, and the SQL statements that it takes.
import { wholeConnection } from '../task-scope.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KyselyPlugin } from 'kysely'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Database } from '../../database/open-database.ts'
import { createTestClock } from '../../support/clock.ts'
import {
  asAccountId,
  asChangeId,
  asConnectionId,
  asTaskId,
  asWorkspaceId,
  createIds,
} from '../../support/ids.ts'
import { createTestRandomBytes } from '../../support/random.ts'
import { claimDue } from '../change-rows/change-queue-store.ts'
import { notYet } from '../../work/work.ts'
import { addChange } from '../change-rows/change-store.ts'
import { findChange } from '../change-rows/found-change-store.ts'
import { finishChange, observe } from './observe.ts'
import { shownMeanwhile } from './shown-meanwhile.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'
import type { MirroredTask } from './task-row.ts'
import { findShownTask, writeTask } from './task-store.ts'

onEachEngine('observing a task', (open) => {
  test('finishing a completion takes at most six statements', async () => {
    const world = await begin(await open())
    const change = await world.claimed({ isCompleted: true })
    const asked = await world.count((db) =>
      finishChange(
        world,
        db,
        change,
        { status: 'done', at: world.clock.now() },
        {
          kind: 'observed',
          task: { ...world.task, isCompleted: true, observedAt: world.clock.now() },
        },
      ),
    )
    assert.ok(asked <= 6, `${asked} statements`)
    const shown = await world.shown()
    assert.deepEqual([shown?.isCompleted, shown?.isPending], [true, false])
  })

  test('finishing a change makes the next change of the task due', async () => {
    const world = await begin(await open())
    const first = await world.claimed({ isCompleted: true })
    const second = await world.wanted({ deadlineAt: 5 }, notYet)
    const asked = await world.count((db) =>
      finishChange(
        world,
        db,
        first,
        { status: 'done', at: world.clock.now() },
        {
          kind: 'observed',
          task: { ...world.task, isCompleted: true, observedAt: world.clock.now() },
        },
      ),
    )
    assert.ok(asked <= 6, `${asked} statements`)
    const found = await findChange(world.database.db, accountId, second.changeId)
    assert.equal(found?.nextAttemptAt, world.clock.now())
    assert.equal((await world.shown())?.deadlineAt, 5)
  })

  test('a change that waits behind a finished one becomes due, even if the row did not show it', async () => {
    const world = await begin(await open())
    const first = await world.claimed({ isCompleted: true })
    const second = await world.wanted({ deadlineAt: 5 }, notYet)
    await writeTask(world.database.db, { ...world.row, pending: undefined })
    const end = { status: 'done', at: world.clock.now() } as const
    const task = { ...world.task, isCompleted: true, observedAt: world.clock.now() }
    await world.database.transaction((db) =>
      finishChange(world, db, first, end, { kind: 'observed', task }),
    )
    const found = await findChange(world.database.db, accountId, second.changeId)
    assert.equal(found?.nextAttemptAt, world.clock.now())
  })

  test('an observation keeps the changes of a row that another transaction added meanwhile', async () => {
    const world = await begin(await open())
    await world.wanted({ deadlineAt: 5 }, world.clock.now())
    const task = { ...world.task, content: 'Call Grace soon', observedAt: world.clock.now() + 1 }
    // There was no row when the transaction looked for one.
    const known = { locked: null, unfinished: [] }
    await world.database.transaction((db) =>
      observe(world, db, task, { kind: 'observed', task }, known),
    )
    const shown = await world.shown()
    assert.deepEqual(
      [shown?.content, shown?.deadlineAt, shown?.isPending],
      ['Call Grace soon', 5, true],
    )
  })

  test('observing a task without changes takes three statements when something is new, and one when nothing is', async () => {
    const world = await begin(await open())
    const task = { ...world.task, content: 'Newer', observedAt: world.clock.now() + 1 }
    const news = { kind: 'observed', task } as const
    assert.ok((await world.count((db) => observe(world, db, task, news))) <= 3)
    assert.equal(await world.count((db) => observe(world, db, task, news)), 1)
  })

  test('a worker that lost its lease writes nothing', async () => {
    const world = await begin(await open())
    const change = await world.claimed({ isCompleted: true })
    const late: StoredChange = { ...change, leaseNumber: change.leaseNumber - 1 }
    const isWritten = await world.database.transaction((db) =>
      finishChange(world, db, late, { status: 'done', at: 1 }, { kind: 'gone', at: 1 }),
    )
    assert.equal(isWritten, false)
    assert.equal((await world.shown())?.isPending, true)
  })

  test('an older observation does not bring back a removed task', async () => {
    const world = await begin(await open())
    const at = world.clock.now() + 10
    const { task } = world
    await world.database.transaction((db) => observe(world, db, task, { kind: 'gone', at }))
    const older = { ...task, observedAt: at - 5 }
    await world.database.transaction((db) =>
      observe(world, db, task, { kind: 'observed', task: older }),
    )
    assert.equal(await world.shown(), undefined)
  })
})

const accountId = asAccountId('account')

async function begin(database: Database) {
  const clock = createTestClock()
  const ids = createIds(clock, createTestRandomBytes())
  const task: MirroredTask = {
    connectionId: asConnectionId('connection'),
    taskId: asTaskId('task'),
    content: 'Call Grace',
    deadlineAt: null,
    isCompleted: false,
    completedAt: null,
    assigneeIds: [],
    linkedRecords: [],
    createdBy: null,
    createdAt: 1,
    observedAt: 1,
  }
  const row = { observed: task, isProvisional: false, requestedBy: null }
  await writeTask(database.db, { ...row, pending: undefined })
  const changes: StoredChange[] = []
  const wanted = async (
    fields: StoredChange['wanted'],
    nextAttemptAt: number,
  ): Promise<StoredChange> => {
    const changeId = asChangeId(ids())
    const change = await addChange(database.db, accountId, {
      changeId,
      connectionId: task.connectionId,
      workspaceId: asWorkspaceId('workspace'),
      memberId: undefined,
      taskId: task.taskId,
      requestKey: changeId,
      kind: 'update',
      wanted: fields,
      base: { isCompleted: task.isCompleted, deadlineAt: task.deadlineAt },
      contentHash: null,
      nextAttemptAt,
      createdAt: clock.now(),
    })
    assert.ok(change !== undefined)
    changes.push(change)
    const pending = shownMeanwhile(changes, task)
    await writeTask(database.db, { ...row, pending })
    return change
  }
  return {
    clock,
    ids,
    database,
    task,
    row,
    wanted,
    shown: () => findShownTask(database.db, wholeConnection(task.connectionId), task.taskId),
    claimed: async (fields: StoredChange['wanted']): Promise<StoredChange> => {
      await wanted(fields, clock.now())
      const at = clock.now()
      const claim = { at, count: 1, roomOf: () => 1, isUnderWay: () => false, after: undefined }
      const [change] = (await claimDue(database.db, claim)).changes
      return change ?? assert.fail('The change is due.')
    },
    /** Runs `work` in a transaction and returns its number of statements, without begin and commit. */
    count: async (work: (db: Database['db']) => Promise<unknown>): Promise<number> => {
      let asked = 0
      const counting: KyselyPlugin = {
        transformQuery: ({ node }) => {
          asked += 1
          return node
        },
        transformResult: async ({ result }) => result,
      }
      await database.transaction((db) => work(db.withPlugin(counting)))
      return asked
    },
  }
}
