import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { createTestClock } from '../../support/clock.ts'
import { asConnectionId, asMemberId, asTaskId } from '../../support/ids.ts'
import { connection } from '../../sync/for-tests.ts'
import type { Db } from '../../database/tables.ts'
import { createMirror } from '../mirror.ts'
import { replaceMembers } from '../names/member-store.ts'
import { addRecords } from '../names/record-store.ts'
import type { MirroredTask } from '../rows/task-row.ts'
import { saveTasks } from '../rows/synced-task-store.ts'
import { mostFound } from './list-source.ts'
import { nameFilters } from './named-filters.ts'
import { suggestNames } from '../lookups/suggest-names.ts'
import { listTasks, type TaskListQuery } from './task-list.ts'

const now = Date.UTC(2026, 10, 23, 9, 41)
const day = 86_400_000
const ada = asMemberId('5e9d0000-0000-4000-8000-00000000000a')
const sam = asMemberId('5e9d0000-0000-4000-8000-00000000000b')
const acme = {
  ...connection,
  connectionId: asConnectionId('018f0000-0000-7000-8000-000000000001'),
  memberId: ada,
}
const globex = { ...acme, connectionId: asConnectionId('018f0000-0000-7000-8000-000000000002') }

onEachEngine('a search of tasks', (open) => {
  test('a typed word is found in texts, names of records and names of members', async () => {
    const search = await filled((await open()).db)
    assert.deepEqual(await search({ text: 'initech' }), {
      overdue: ['Send the NDA'],
      upcoming: ['Call Initech'],
      done: ['Invoice sent'],
    })
    assert.deepEqual(await search({ text: 'SÁM' }), {
      today: ['Plan the offsite'],
      done: ['Invoice sent'],
    })
    assert.deepEqual(await search({ text: 'sam@acme' }), await search({ text: 'sam' }))
    assert.deepEqual(await search({ text: 'nda init' }), { overdue: ['Send the NDA'] })
    assert.deepEqual(await search({ text: 'sam invoice init' }), { done: ['Invoice sent'] })
    assert.deepEqual(await search({ text: 'sam nda' }), {})
    for (const text of ['…', '"', '*', "'", 'NOT OR', '%', '\u0000']) {
      assert.deepEqual(await search({ text }), {}, text)
    }
  })

  test('filters narrow a search and each other, and every count follows them', async () => {
    const { db } = await open()
    const search = await filled(db)
    assert.deepEqual(await search({ text: 'initech', whose: 'mine' }), {
      overdue: ['Send the NDA'],
    })
    assert.deepEqual(await search({ text: 'initech', whose: 'unassigned' }), {
      upcoming: ['Call Initech'],
    })
    assert.deepEqual(await search({ recordId: 'initech' }), {
      overdue: ['Send the NDA'],
      done: ['Invoice sent'],
    })
    assert.deepEqual(await search({ recordId: 'initech', memberId: sam }), {
      done: ['Invoice sent'],
    })
    assert.deepEqual(await search({ memberId: sam, whose: 'mine' }), {
      today: ['Plan the offsite'],
      done: ['Invoice sent'],
    })
    assert.deepEqual(await search({ text: 'call', connectionId: globex.connectionId }), {
      'no-date': ['Call home'],
    })
    const { counts } = await listed(db, {
      text: 'call',
      whose: 'everyone',
      connectionId: globex.connectionId,
    })
    assert.deepEqual(Object.fromEntries(counts.byConnection), {
      [acme.connectionId]: 1,
      [globex.connectionId]: 1,
    })
    assert.deepEqual([counts.upcoming, counts.noDate], [0, 1])
  })

  test('a person who sees only their own tasks gets no name of another record', async () => {
    const { db } = await open()
    await filled(db)
    const parts = { mirror: createMirror(db) }
    const seat = (memberId: typeof ada) => [{ ...acme, sees: 'own', memberId } as const]
    const names = async (connections: ReturnType<typeof seat>) =>
      (await suggestNames(parts, connections, 'init')).records.map(({ name }) => name)
    assert.deepEqual(await names(seat(ada)), ['Initech GmbH'])
    const stranger = seat(asMemberId('5e9d0000-0000-4000-8000-00000000000c'))
    assert.deepEqual(await names(stranger), [])
    const filter = { recordId: 'initech' }
    assert.equal((await nameFilters(parts, filter, seat(ada))).record?.name, 'Initech GmbH')
    assert.equal((await nameFilters(parts, filter, stranger)).record, undefined)
  })

  test('a search has pages in one view, and says when more match than it reads', async () => {
    const { db } = await open()
    const many = Array.from({ length: mostFound + 5 }, (_, at) =>
      taskOf({ content: `Call ${at}`, deadlineAt: now + day * 2 + at }),
    )
    await saveTasks(db, acme.connectionId, many)
    const broad = await listed(db, { text: 'call', whose: 'everyone', view: 'upcoming', page: 99 })
    assert.deepEqual([broad.isCutOff, broad.pages, broad.page], [true, 5, 5])
    assert.equal(broad.groups[0]?.tasks.length, 100)
    const exact = await listed(db, { text: 'call 7', whose: 'everyone', view: 'upcoming' })
    assert.equal(exact.isCutOff, false)
    const first = exact.groups[0]?.tasks.slice(0, 3).map(({ content }) => content)
    assert.deepEqual(first, ['Call 7', 'Call 70', 'Call 71'])
  })
})

/** Returns a function that searches and returns the texts found, by group. */
async function filled(db: Db) {
  const place = acme.connectionId
  const elsewhere = globex.connectionId
  const initech = [{ targetObject: 'companies', recordId: 'initech' }]
  await addRecords(db, [
    {
      connectionId: place,
      targetObject: 'companies',
      recordId: 'initech',
      objectSlug: 'companies',
      name: 'Initech GmbH',
      webUrl: null,
      observedAt: 1,
    },
  ])
  const member = { connectionId: place, accessLevel: 'member' }
  await replaceMembers(
    db,
    place,
    [
      {
        ...member,
        memberId: ada,
        firstName: 'Ada',
        lastName: 'Byron',
        emailAddress: 'ada@acme.co',
      },
      { ...member, memberId: sam, firstName: 'Sám', lastName: 'Lee', emailAddress: 'sam@acme.co' },
    ],
    1,
  )
  await saveTasks(db, place, [
    taskOf({
      content: 'Send the NDA',
      deadlineAt: now - day,
      assigneeIds: [ada],
      linkedRecords: initech,
    }),
    taskOf({ content: 'Plan the offsite', deadlineAt: now, assigneeIds: [sam] }),
    taskOf({ content: 'Call Initech', deadlineAt: now + day }),
    taskOf({
      content: 'Invoice sent',
      isCompleted: true,
      completedAt: now,
      assigneeIds: [sam],
      linkedRecords: initech,
    }),
  ])
  await saveTasks(db, elsewhere, [taskOf({ content: 'Call home', connectionId: elsewhere })])
  return async (query: Partial<TaskListQuery>) => {
    const list = await listed(db, { whose: 'everyone', ...query })
    for (const group of list.groups) assert.equal(group.tasks.length, group.total)
    return Object.fromEntries(
      list.groups
        .filter(({ total }) => total > 0)
        .map(({ kind, tasks }) => [kind, tasks.map(({ content }) => content)]),
    )
  }
}

async function listed(db: Db, query: Partial<TaskListQuery>) {
  const parts = {
    mirror: createMirror(db),
    connections: { find: async () => undefined, list: async () => [] },
    clock: createTestClock(now),
  }
  return await listTasks(
    parts,
    { accountId: connection.accountId, timeZone: 'UTC' },
    { view: 'all', whose: 'mine', page: 1, ...query },
    [acme, globex],
  )
}

function taskOf(task: Partial<MirroredTask> & { readonly content: string }): MirroredTask {
  return {
    connectionId: acme.connectionId,
    taskId: asTaskId(`id of ${task.content}`),
    deadlineAt: null,
    isCompleted: false,
    completedAt: null,
    assigneeIds: [],
    linkedRecords: [],
    createdBy: null,
    createdAt: 0,
    observedAt: 1,
    ...task,
  }
}
