import { wholeConnection } from '../task-scope.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { readStoredBytes } from '../../../testing/in-process/stored-bytes.ts'
import { purgeDeletedWords } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import { asConnectionId, asMemberId, asTaskId, type ConnectionId } from '../../support/ids.ts'
import { replaceMembers, searchMembers } from '../names/member-store.ts'
import {
  addRecords,
  saveRecords,
  searchRecords,
  type MirroredRecord,
} from '../names/record-store.ts'
import { fillWords } from './fill-words.ts'
import { memberMark, recordMark, unassignedMark } from './indexed-words.ts'
import { typedWords } from './words.ts'
import type { MirroredTask } from '../rows/task-row.ts'
import { listTasksByKey, searchTaskKeys } from './task-search-store.ts'
import { removeTask, removeTasks, writeTask } from '../rows/task-store.ts'
import { saveTasks } from '../rows/synced-task-store.ts'

const [one, other] = [
  asConnectionId('018f0000-0000-7000-8000-000000000001'),
  asConnectionId('018f0000-0000-7000-8000-000000000002'),
]
const ada = asMemberId('5e9d0000-0000-4000-8000-00000000000a')

onEachEngine('the search index', (open, engine) => {
  test('a search finds words by their beginnings, open tasks first, and only of its owner', async () => {
    const { db } = await open()
    await saveTasks(db, one, [
      taskOf({ content: 'Invoice Initech', isCompleted: true }),
      taskOf({ content: 'Send Zoë’s NDA to Initech' }),
      taskOf({ content: 'Call Globex' }),
      taskOf({ content: '東京の会議' }),
    ])
    await saveTasks(db, other, [taskOf({ content: 'Initech elsewhere', connectionId: other })])
    assert.deepEqual(await found(db, 'init'), ['Send Zoë’s NDA to Initech', 'Invoice Initech'])
    assert.deepEqual(await found(db, 'zoe nda'), ['Send Zoë’s NDA to Initech'])
    assert.deepEqual(await found(db, '会議'), ['東京の会議'])
    assert.deepEqual(await found(db, 'zoe globex'), [])
    assert.deepEqual(await found(db, 'init', [other]), ['Initech elsewhere'])
    assert.equal((await found(db, 'init', [one, other])).length, 3)
  })

  test('a search finds a task as it is after every write, and never after its removal', async () => {
    const { db } = await open()
    const task = taskOf({ content: 'Draft offer' })
    const stored = { isProvisional: false, requestedBy: null }
    await saveTasks(db, one, [task])
    await saveTasks(db, one, [{ ...task, content: 'Sign offer', observedAt: 2 }])
    assert.deepEqual([await found(db, 'draft'), await found(db, 'sign')], [[], ['Sign offer']])
    await writeTask(db, { observed: task, pending: { content: 'Ship it' }, ...stored })
    assert.deepEqual([await found(db, 'sign'), await found(db, 'ship')], [[], ['Ship it']])
    await writeTask(db, { observed: task, pending: { isHidden: true }, ...stored })
    assert.deepEqual(await found(db, 'draft'), [])
    await removeTask(db, one, task.taskId)
    await saveTasks(db, one, [taskOf({ content: 'Another offer' })])
    assert.deepEqual(await found(db, 'offer'), ['Another offer'])
    await removeTasks(db, one)
    assert.deepEqual(await found(db, 'offer'), [])
  })

  test('marks find the tasks of a member, of a record, and those without an assignee', async () => {
    const { db } = await open()
    await saveTasks(db, one, [
      taskOf({ content: 'hers', assigneeIds: [ada] }),
      taskOf({ content: 'unassigned' }),
      taskOf({
        content: 'odd',
        linkedRecords: [{ targetObject: 'deals', recordId: 'A%_"\\b \'' }],
      }),
    ])
    const withMark = async (mark: string) =>
      await contents(db, [one], [[{ connectionId: one, word: mark, isPrefix: false }]])
    assert.deepEqual(await withMark(memberMark(ada)), ['hers'])
    assert.deepEqual((await withMark(unassignedMark)).toSorted(), ['odd', 'unassigned'])
    assert.deepEqual(await withMark(recordMark('A%_"\\b \'')), ['odd'])
    assert.deepEqual(await withMark(recordMark('a%_"\\b \'')), [])
    assert.deepEqual(await withMark('nothing'), [])
  })

  test('records and members are found by name, also after a change of it', async () => {
    const { db } = await open()
    const initech = recordOf('Initech')
    await addRecords(db, [initech, recordOf('Umbrella Corp')])
    assert.deepEqual(await recordNames(db, 'init'), ['Initech'])
    await saveRecords(db, [{ ...initech, name: 'Initrode' }])
    assert.deepEqual(await recordNames(db, 'initech'), [])
    assert.deepEqual(await recordNames(db, 'corp'), ['Umbrella Corp'])
    const member = {
      connectionId: one,
      memberId: ada,
      firstName: 'Ada',
      lastName: 'Byron',
      emailAddress: 'countess@acme.example',
      accessLevel: 'member',
    }
    await replaceMembers(db, one, [member], 1)
    assert.equal((await members(db, 'byr')).length, 1)
    assert.equal((await members(db, 'countess')).length, 1)
    await replaceMembers(db, one, [], 2)
    assert.equal((await members(db, 'byr')).length, 0)
  })

  test('rows of an older Taskr are found after their words were filled in', async () => {
    const { db } = await open()
    await saveTasks(
      db,
      one,
      Array.from({ length: 45 }, (_, at) => taskOf({ content: `Old ${at}` })),
    )
    await addRecords(db, [recordOf('Initech')])
    await sql`update tasks set search_words = null`.execute(db)
    await sql`update linked_records set search_words = null`.execute(db)
    assert.deepEqual([await found(db, 'old'), await recordNames(db, 'init')], [[], []])
    assert.equal(await fillWords(db), 46)
    assert.equal((await found(db, 'old')).length, 45)
    assert.deepEqual(await recordNames(db, 'init'), ['Initech'])
    assert.equal(await fillWords(db), 0)
  })

  test('the words of deleted tasks leave the index', async () => {
    const url = await engine.createMigratedUrl()
    const { db } = await engine.open(url)
    await saveTasks(db, one, [taskOf({ content: 'Kept' }), taskOf({ content: 'Zyzzyva plan' })])
    await removeTask(db, one, asTaskId('id of Zyzzyva plan'))
    await purgeDeletedWords(db)
    assert.deepEqual(await found(db, 'kept'), ['Kept'])
    if (!url.startsWith('file:')) return
    await sql`pragma wal_checkpoint(truncate)`.execute(db)
    for (const [place, bytes] of await readStoredBytes(url)) {
      assert.ok(!bytes.includes('zyzzyva'), place)
    }
  })

  test('a search for a common word ends at its limit', async () => {
    const { db } = await open()
    await saveTasks(db, one, [
      ...Array.from({ length: 20 }, (_, at) =>
        taskOf({ content: `Done ${at}`, isCompleted: true }),
      ),
      ...Array.from({ length: 20 }, (_, at) => taskOf({ content: `Do ${at}` })),
    ])
    for (const isCompleted of [false, true]) {
      for (const [limit, expected] of [
        [30, 20],
        [10, 10],
      ] as const) {
        const search = { clauses: clausesOf('do', [one]), isCompleted, limit }
        const keys = await searchTaskKeys(db, [wholeConnection(one)], search)
        assert.equal(keys.length, expected)
        assert.ok(keys.every((key) => key.isCompleted === isCompleted))
      }
    }
  })
})

async function found(db: Db, typed: string, connectionIds = [one]): Promise<readonly string[]> {
  return await contents(db, connectionIds, clausesOf(typed, connectionIds))
}

async function contents(
  db: Db,
  connectionIds: readonly ConnectionId[],
  clauses: Parameters<typeof searchTaskKeys>[2]['clauses'],
): Promise<readonly string[]> {
  const scopes = connectionIds.map(wholeConnection)
  const search = { clauses, limit: 100 }
  const keys = [
    ...(await searchTaskKeys(db, scopes, { ...search, isCompleted: false })),
    ...(await searchTaskKeys(db, scopes, { ...search, isCompleted: true })),
  ]
  return (await listTasksByKey(db, scopes, [keys])).flat().map(({ content }) => content)
}

function clausesOf(typed: string, connectionIds: readonly ConnectionId[]) {
  return typedWords(typed).map((word) =>
    connectionIds.map((connectionId) => ({ connectionId, ...word })),
  )
}

async function recordNames(db: Db, typed: string): Promise<readonly string[]> {
  const clauses = clausesOf(typed, [one])
  return (await searchRecords(db, [one], { clauses, limit: 10 })).map(({ name }) => name)
}

async function members(db: Db, typed: string) {
  return await searchMembers(db, [one], { clauses: clausesOf(typed, [one]), limit: 10 })
}

function recordOf(name: string): MirroredRecord {
  return {
    connectionId: one,
    targetObject: 'companies',
    recordId: `id of ${name}`,
    objectSlug: 'companies',
    name,
    webUrl: null,
    observedAt: 1,
  }
}

function taskOf(task: Partial<MirroredTask> & { readonly content: string }): MirroredTask {
  return {
    connectionId: one,
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
