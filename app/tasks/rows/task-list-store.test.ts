import { wholeConnection } from '../task-scope.ts'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Db } from '../../database/tables.ts'
import { asMemberId, asTaskId, type MemberId } from '../../support/ids.ts'
import { owner } from '../../sync/for-tests.ts'
import { countGroups, countTasks } from './task-count-store.ts'
import { listShownTasks } from './task-list-store.ts'
import type { WhoseTasks } from './visible-task-store.ts'
import { saveTasks } from './synced-task-store.ts'
import type { MirroredTask } from './task-row.ts'

const { connectionId } = owner
const [ada, ben] = [newMember(), newMember()]

onEachEngine('assignee filters', (open) => {
  test('a filter by assignee finds tasks with one, a few and two hundred assignees', async () => {
    const { db } = await open()
    const last = newMember()
    const many = [ben, ...Array.from({ length: 198 }, newMember), last]
    await saveTasks(db, connectionId, [
      taskOf('Ada alone', [ada]),
      taskOf('both', [ben, ada]),
      taskOf('everybody but Ada', many),
      taskOf('nobody', []),
    ])
    assert.deepEqual(await listed(db, mine(ada)), ['Ada alone', 'both'])
    assert.deepEqual(await listed(db, mine(ben)), ['both', 'everybody but Ada'])
    assert.deepEqual(await listed(db, mine(last)), ['everybody but Ada'])
    assert.deepEqual(await listed(db, { kind: 'unassigned' }), ['nobody'])
  })

  test('a filter by assignee matches the whole ID, special characters included', async () => {
    const { db } = await open()
    const [odd, capital, part] = ['a%_"\\b', 'A%_"\\b', 'a%'].map(asMemberId)
    assert.ok(odd !== undefined && capital !== undefined && part !== undefined)
    await saveTasks(db, connectionId, [taskOf('odd', [odd])])
    assert.deepEqual(await listed(db, mine(odd)), ['odd'])
    assert.deepEqual(await listed(db, mine(capital)), [])
    assert.deepEqual(await listed(db, mine(part)), [])
  })

  test('one query counts every group of each connection, as narrowed', async () => {
    const { db } = await open()
    const at = (content: string, deadlineAt: number | null, assigneeIds = [ada]) => ({
      ...taskOf(content, assigneeIds),
      deadlineAt,
    })
    await saveTasks(db, connectionId, [
      at('late', 99),
      at('from the first moment of the day', 100),
      at('to its last', 199),
      at('later', 200),
      at('later, too', 900, [ben]),
      at('never', null),
      { ...at('done', 99), isCompleted: true },
    ])
    const day = {
      start: { at: 100, day: '1970-01-01' },
      end: { at: 200, day: '1970-01-02' },
      tomorrowEnd: { at: 300, day: '1970-01-03' },
    }
    const count = async (whose: WhoseTasks, countsDone = true) =>
      await countGroups(db, [wholeConnection(connectionId)], { whose, day, countsDone })
    const of = { connectionId, overdue: 1, today: 2, tomorrow: 1, upcoming: 1, noDate: 1, done: 1 }
    assert.deepEqual(await count(mine(ada)), [of])
    assert.deepEqual(await count({ kind: 'member', memberId: ada }, false), [{ ...of, done: 0 }])
    assert.deepEqual(await count({ kind: 'everyone' }), [{ ...of, upcoming: 2 }])
    assert.deepEqual(await count({ kind: 'unassigned' }), [])
  })
})

async function listed(db: Db, whose: WhoseTasks): Promise<readonly string[]> {
  const filter = { isCompleted: false, whose }
  const tasks = await listShownTasks(db, [wholeConnection(connectionId)], {
    ...filter,
    limit: 10,
    offset: 0,
  })
  assert.equal(await countTasks(db, [wholeConnection(connectionId)], filter), tasks.length)
  return tasks.map(({ content }) => content).toSorted()
}

function mine(member: MemberId): WhoseTasks {
  return { kind: 'mine', members: [{ connectionId, memberId: member }] }
}

function newMember(): MemberId {
  return asMemberId(randomUUID())
}

function taskOf(content: string, assigneeIds: readonly MemberId[]): MirroredTask {
  return {
    connectionId,
    taskId: asTaskId(`task ${content}`),
    content,
    deadlineAt: null,
    isCompleted: false,
    completedAt: null,
    assigneeIds,
    linkedRecords: [],
    createdBy: null,
    createdAt: 0,
    observedAt: 1,
  }
}
