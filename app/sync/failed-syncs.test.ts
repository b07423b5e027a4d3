// A sync that fails removes nothing, and a sync loses nothing that happens while it runs.
import { wholeConnection } from '../tasks/mirror.ts'
import { createIds } from '../support/ids.ts'
import { createTestRandomBytes } from '../support/random.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttioApiError, isAttioFailure } from '@taskr/attio'
import { standard, type FaultAnswer, type LocalAttio } from '@taskr/local-attio'
import fc from 'fast-check'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import type { Database } from '../database/open-database.ts'
import { createTestClock } from '../support/clock.ts'
import { asConnectionId, type ConnectionId } from '../support/ids.ts'
import { createTestLogger } from '../support/logger.ts'
import { clientOf, connection, listed, openLocalAttio, owner } from './for-tests.ts'
import { listMembers } from '../tasks/names/member-store.ts'
import type { SyncParts } from './sync-parts.ts'
import { listRecords } from '../tasks/names/record-store.ts'
import { listShownTasks } from '../tasks/rows/task-list-store.ts'
import { fullSync } from './full-sync.ts'

const day = 24 * 3_600_000
const tasksAtFirst = 27
/** The requests of a sync of 27 tasks in pages of ten, two of which overlap. */
const stepsOfTasks = [
  ['the first page', '/v2/tasks', 1],
  ['the second page', '/v2/tasks', 2],
  ['the third page', '/v2/tasks', 3],
  ['the last page', '/v2/tasks', 4],
  ['the first task that is gone', '/v2/tasks/*', 1],
] as const

/** The requests of the same sync for members and names of linked records. */
const stepsOfNames = [
  ['members', '/v2/workspace_members', 1],
  ['the objects', '/v2/objects', 1],
  ['the first names', '/v2/objects/*/records/query', 1],
  ['the second names', '/v2/objects/*/records/query', 2],
] as const

const faults: Readonly<Record<string, FaultAnswer>> = {
  '500': { status: 500 },
  '429 for an hour': { status: 429, headers: { 'retry-after': '3600' } },
  'half an answer': { truncate: 40 },
  'the wrong shape': { status: 200, body: { data: [{ id: 7 }] } },
  'an object where a list should be': { shape: 'empty-object' },
  'a 404 that is not Attio’s': { status: 404, body: '<h1>Not Found</h1>' },
  'an empty answer': { status: 200, body: '' },
  'a reset': { reset: 'before-commit' },
  'a reset after the work': { reset: 'after-commit' },
  silence: { hang: true },
}

/**
 * Returns the faults that the request with this number meets on this engine: every second one, the others on the other
 * engine. So each request meets each fault, and each engine meets each request and each fault several times.
 * `npm run test:endurance -- failed-syncs` tries all of them on both engines.
 */
function faultsAt(step: number, engine: 'sqlite' | 'postgres'): [string, FaultAnswer][] {
  const all = Object.entries(faults)
  if (process.env['FAILED_SYNCS'] === 'all') return all
  return all.filter((_, number) => (number + step) % 2 === (engine === 'sqlite' ? 0 : 1))
}

onEachEngine('a sync that fails', (open, { name: engine }) => {
  for (const [step, [where, path, nth]] of stepsOfTasks.entries()) {
    const ways = faultsAt(step, engine)
    test(`RL-17 RL-19 a sync that fails at ${where}, in ${ways.length} ways, deletes nothing and keeps "as of" and names`, async () => {
      const world = createFaultyWorld(await open(), owner.connectionId)
      assert.equal((await world.sync()).kind, 'finished')
      for (const [what, answer] of ways) {
        const before = await world.copy()
        assert.deepEqual(before.tasks, world.inAttio().toSorted(byWord), what)
        assert.equal(before.tasks.length, tasksAtFirst)
        assert.ok(before.records.length > 3 && before.records.every(({ name }) => name !== ''))
        // After two days the sync reads the names again.
        await world.clock.advance(2 * day)
        world.removeOne()
        world.failAt(path, nth, answer)
        const ended = await world.sync()
        assert.equal(ended.kind, 'failed', what)
        assert.ok(world.hasMetTheFault(), what)
        assert.deepEqual(await world.copy(), before, what)
        world.heal()
        // The next fault meets as many tasks.
        world.addAnother()
        await world.clock.advance(2 * 3_600_000)
        assert.equal((await world.sync()).kind, 'finished', what)
        const after = await world.copy()
        assert.deepEqual(after.tasks, world.inAttio().toSorted(byWord), what)
        assert.ok((after.asOf ?? 0) > (before.asOf ?? 0))
      }
      world.attio.close()
    })
  }

  for (const [step, [where, path, nth]] of stepsOfNames.entries()) {
    const ways = faultsAt(step, engine)
    test(`RL-17 RL-19 a sync that cannot read ${where}, in ${ways.length} ways, removes deleted tasks and keeps the names it had`, async () => {
      const world = createFaultyWorld(await open(), owner.connectionId)
      await world.sync()
      for (const [what, answer] of ways) {
        const before = await world.copy()
        await world.clock.advance(2 * day)
        world.removeOne()
        world.failAt(path, nth, answer)
        assert.equal((await world.sync()).kind, 'finished', what)
        assert.ok(world.hasMetTheFault(), what)
        const after = await world.copy()
        assert.equal(after.tasks.length, tasksAtFirst - 1, what)
        assert.deepEqual(after.members, before.members, what)
        const names = new Map(before.records.map((record) => [record.recordId, record]))
        for (const record of after.records) assert.deepEqual(record, names.get(record.recordId))
        assert.notDeepEqual(after.unread, { tasks: 0, members: 0, names: 0 }, what)
        world.heal()
        // The next fault meets as many tasks.
        world.addAnother()
        await world.clock.advance(2 * 3_600_000)
        assert.equal((await world.sync()).kind, 'finished', what)
        assert.deepEqual((await world.copy()).unread, { tasks: 0, members: 0, names: 0 }, what)
      }
      world.attio.close()
    })
  }

  test('a task that cannot be read is skipped and counted, and the others arrive', async () => {
    const world = createFaultyWorld(await open(), owner.connectionId)
    const strange = world.inAttio()[3] ?? ''
    world.rewrite('/v2/tasks', (body) =>
      body.replace(
        new RegExp(`("task_id":"${strange}"\\},"content_plaintext":)"(?:[^"\\\\]|\\\\.)*"`),
        '$1null',
      ),
    )
    assert.equal((await world.sync()).kind, 'finished')
    const { tasks, unread } = await world.copy()
    assert.deepEqual([...tasks, strange].toSorted(), world.inAttio().toSorted())
    assert.deepEqual(unread, { tasks: 1, members: 0, names: 0 })
    world.rewrite('/v2/tasks', (body) => body)
    await world.clock.advance(day)
    assert.equal((await world.sync()).kind, 'finished')
    assert.equal((await world.copy()).tasks.length, tasksAtFirst)
    assert.equal((await world.copy()).unread?.tasks, 0)
  })

  test('a task that becomes unreadable keeps its values, and deleted tasks are still removed', async () => {
    const world = createFaultyWorld(await open(), owner.connectionId)
    await world.sync()
    await world.clock.advance(day)
    const strange = world.inAttio()[3] ?? ''
    world.removeOne()
    for (const path of ['/v2/tasks', `/v2/tasks/${strange}`]) {
      world.rewrite(path, (body) =>
        body.replace(
          new RegExp(`("task_id":"${strange}"\\},"content_plaintext":)"(?:[^"\\\\]|\\\\.)*"`),
          '$1null',
        ),
      )
    }
    assert.equal((await world.sync()).kind, 'finished')
    const { tasks, unread } = await world.copy()
    assert.deepEqual(tasks.toSorted(), world.inAttio().toSorted())
    assert.equal(unread?.tasks, 1)
  })

  test('an answer above 5 MB is asked for again in halves, and a record that is too large by itself goes without a name', async () => {
    const world = createFaultyWorld(await open(), owner.connectionId)
    const filler = `"filler":"${'x'.repeat(1_500_000)}",`
    // Each item of a page is 1.5 MB long, so an answer has room for three at most.
    world.rewrite('/v2/tasks', (body) =>
      body.replaceAll('"content_plaintext"', `${filler}"content_plaintext"`),
    )
    let largest = ''
    world.rewrite('/v2/objects/*/records/query', (body) => {
      largest ||= /"record_id":"([^"]+)"/.exec(body)?.[1] ?? ''
      const huge = `"filler":"${'x'.repeat(6_000_000)}",`
      return body.replace(
        `"record_id":"${largest}"}`,
        `"record_id":"${largest}"},${huge.slice(0, -1)}`,
      )
    })
    assert.equal((await world.sync()).kind, 'finished')
    const { records, tasks, unread } = await world.copy()
    assert.deepEqual(tasks.toSorted(), world.inAttio().toSorted())
    assert.deepEqual(unread, { tasks: 0, members: 0, names: 1 })
    assert.deepEqual(
      records.filter(({ name }) => name === '').map(({ recordId }) => recordId),
      [largest],
    )
  })

  test('an object whose records Attio forbids goes without names, and other objects get theirs', async () => {
    const world = createFaultyWorld(await open(), owner.connectionId)
    const body = {
      status_code: 403,
      type: 'auth_error',
      code: 'unauthorized',
      message: 'You do not have access to this object.',
    }
    const allow = world.attio.control.faults.add({
      path: '/v2/objects/people/records/query',
      answer: { status: 403, body },
    })
    assert.equal((await world.sync()).kind, 'finished')
    const { records, tasks, unread } = await world.copy()
    assert.equal(tasks.length, tasksAtFirst)
    assert.ok((unread?.names ?? 0) > 0)
    assert.ok(records.length > 0 && records.every(({ name }) => name !== ''))
    allow()
    await world.clock.advance(3_600_000)
    await world.sync()
    assert.equal((await world.copy()).unread?.names, 0)
    assert.ok((await world.copy()).records.length > records.length)
  })

  test('a record or object that Attio no longer knows keeps its name, and an empty list of members is ignored', async () => {
    const world = createFaultyWorld(await open(), owner.connectionId)
    await world.sync()
    const before = await world.copy()
    const emptyList: FaultAnswer = { status: 200, body: { data: [] } }
    for (const [path, answer] of [
      ['/v2/objects/*/records/query', { status: 404 }],
      ['/v2/objects/*/records/query', emptyList],
      ['/v2/workspace_members', emptyList],
    ] as const) {
      await world.clock.advance(2 * day)
      const heal = world.attio.control.faults.add({ path, answer })
      assert.equal((await world.sync()).kind, 'finished')
      heal()
      const { members, records } = await world.copy()
      assert.deepEqual({ members, records }, { members: before.members, records: before.records })
    }
  })

  test('RL-17 when Attio suddenly lists no tasks, none is removed, because each is asked for by itself', async () => {
    const world = createFaultyWorld(await open(), owner.connectionId)
    await world.sync()
    await world.clock.advance(day)
    const answer = { status: 200, body: { data: [] } }
    world.attio.control.faults.add({ path: '/v2/tasks', answer })
    assert.equal((await world.sync()).kind, 'finished')
    assert.equal((await world.copy()).tasks.length, tasksAtFirst)
  })

  test('RL-11 a sync that finds very many tasks gone keeps its lease while it asks for each', async () => {
    const world = createFaultyWorld(await open(), owner.connectionId)
    await world.sync()
    await world.clock.advance(day)
    for (let gone = 0; gone < 20; gone += 1) world.removeOne()
    const others: string[] = []
    world.before(async (pathname) => {
      if (!pathname.startsWith('/v2/tasks/')) return
      await world.clock.advance(9_000)
      others.push((await world.syncAtOnce()).kind)
    })
    assert.equal((await world.sync()).kind, 'finished')
    assert.deepEqual(new Set(others), new Set(['not-needed']))
    assert.equal((await world.copy()).tasks.length, tasksAtFirst - 20)
  })

  const edit = fc.record({
    /** The request of the sync before which it happens. */
    at: fc.nat(16),
    kind: fc.constantFrom('delete', 'delete', 'add', 'complete'),
    which: fc.nat(40),
    times: fc.integer({ min: 1, max: 7 }),
  })

  test('RL-17 no deletion, creation or completion during a sync hides another task', async () => {
    const database = await open()
    const runs = database.engine === 'sqlite' ? 30 : 6
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 32 }),
        fc.array(edit, { maxLength: 10, size: 'max' }),
        async (tasks, edits) => {
          run += 1
          const pages = { pageSize: 5, overlap: 2 }
          const world = createFaultyWorld(database, asConnectionId(`run ${run}`), tasks, pages)
          const atFirst = world.inAttio()
          let requests = 0
          world.before(() => {
            for (const each of edits) if (each.at === requests) world.edit(each)
            requests += 1
          })
          assert.equal((await world.sync()).kind, 'finished')
          const there = new Set(world.inAttio())
          const seen = new Set((await world.copy()).tasks)
          const hidden = atFirst.filter((id) => there.has(id) && !seen.has(id))
          assert.deepEqual(hidden, [])
          // The next sync finds the other new tasks and removes the deleted ones.
          world.before(() => {})
          await world.clock.advance(120_000)
          assert.equal((await world.sync()).kind, 'finished')
          assert.deepEqual(new Set((await world.copy()).tasks), there)
          world.attio.close()
        },
      ),
      { numRuns: runs },
    )
  })
})

interface Edit {
  readonly kind: string
  readonly which: number
  readonly times: number
}

function createFaultyWorld(
  database: Database,
  connectionId: ConnectionId,
  tasks = tasksAtFirst,
  pages = { pageSize: 10, overlap: 2 },
) {
  const clock = createTestClock(Date.UTC(2026, 10, 23, 9, 41))
  const opened = openLocalAttio(clock, { seed: { tasks } })
  const { attio } = opened
  const ada = attio.control.as({ member: standard.people.ada.emailAddress, workspace: 'acme' })
  const asked = new Map<string, number>()
  let before: (pathname: string) => void | Promise<void> = () => {}
  let fault: { path: string; nth: number; answer: FaultAnswer } | undefined
  let hasMet = false
  let removed: ReturnType<LocalAttio['control']['world']['tasks']['get']>
  const rewrites = new Map<string, (body: string) => string>()
  const failing = (pathname: string): void => {
    if (fault === undefined || !matches(fault.path, pathname)) return
    const times = (asked.get(fault.path) ?? 0) + 1
    asked.set(fault.path, times)
    if (times !== fault.nth) return
    hasMet = true
    attio.control.faults.add({ path: fault.path, answer: fault.answer })
  }
  const clientWith = (deadlineMs: number) =>
    clientOf(
      opened,
      clock,
      async (pathname) => {
        failing(pathname)
        await before(pathname)
      },
      deadlineMs,
      (pathname, body) =>
        [...rewrites].reduce(
          (text, [path, rewrite]) => (matches(path, pathname) ? rewrite(text) : text),
          body,
        ),
    )
  const client = clientWith(10_000)
  // In real time: a request times out after 100 ms.
  const hasty = clientWith(100)
  const parts: SyncParts = {
    database,
    clock,
    ids: createIds(clock, createTestRandomBytes()),
    randomBytes: createTestRandomBytes(),
    pages,
    logger: createTestLogger(clock),
    live: { changed: () => {} },
    seats: { endWithoutMember: async () => 0 },
    readSoon: async () => {},
    connections: {
      list: async () => [],
      check: async () => true,
      callAttio: async (_owner, work) => {
        try {
          return {
            kind: 'ok',
            value: await work(fault?.answer.hang === true ? hasty : client, connection),
          }
        } catch (error) {
          if (!isAttioFailure(error)) throw error
          const retryAt = error instanceof AttioApiError ? error.retryAt : undefined
          return { kind: 'unreachable', failure: error, retryAt }
        }
      },
    },
  }
  const everything = { whose: { kind: 'everyone' }, limit: 1_000, offset: 0 } as const
  const list = (isCompleted: boolean) =>
    listShownTasks(database.db, [wholeConnection(connectionId)], { ...everything, isCompleted })
  const syncAtOnce = () => fullSync(parts, { ...owner, connectionId }, { staleAfterMs: 0 })
  return {
    attio,
    clock,
    before: (next: typeof before) => {
      before = next
    },
    sync: () => clock.advanceUntil(syncAtOnce()),
    syncAtOnce,
    /** Replaces every later answer of that path by the result of `rewrite`. */
    rewrite: (path: string, rewrite: (body: string) => string) => rewrites.set(path, rewrite),
    failAt: (path: string, nth: number, answer: FaultAnswer) => {
      asked.clear()
      hasMet = false
      fault = { path, nth, answer }
    },
    heal: () => {
      fault = undefined
      attio.control.faults.clear()
    },
    hasMetTheFault: () => hasMet,
    inAttio: () => tasksOf(attio),
    removeOne: () => {
      const [id = ''] = tasksOf(attio)
      removed = attio.control.world.tasks.get(id)
      ada.deleteTask(id)
    },
    /** Adds a task like the removed one. */
    addAnother: () => {
      assert.ok(removed)
      const { content, linkedRecords, assigneeIds } = removed
      ada.addTask({ content, linkedRecords, assigneeIds })
    },
    edit: ({ kind, which, times }: Edit) => {
      for (let time = 0; time < times; time += 1) {
        const ids = tasksOf(attio)
        const id = ids[which % Math.max(1, ids.length)]
        if (kind === 'add') ada.addTask({ content: 'New' })
        else if (id !== undefined && kind === 'delete') ada.deleteTask(id)
        else if (id !== undefined) ada.completeTask(id)
      }
    },
    copy: async () => {
      const state = (await listed(database, { ...owner, connectionId }, clock)).mirror
      const all = [...(await list(false)), ...(await list(true))]
      const recordIds = all.flatMap(({ linkedRecords }) =>
        linkedRecords.map((link) => link.recordId),
      )
      const records = await listRecords(database.db, new Map([[connectionId, recordIds]]))
      const members = await listMembers(database.db, [connectionId])
      return {
        asOf: state?.asOf,
        unread: state?.unread,
        tasks: all.map(({ taskId }) => String(taskId)).toSorted(byWord),
        records: records
          .map(({ recordId, name, webUrl }) => ({ recordId, name, webUrl }))
          .toSorted((a, b) => byWord(a.recordId, b.recordId)),
        members: members
          .map(({ firstName, emailAddress }) => `${firstName} ${emailAddress}`)
          .toSorted(byWord),
      }
    },
  }
}

function byWord(a: string, b: string): number {
  return a < b ? -1 : 1
}

/** Returns the task IDs, oldest first, as a sync reads them. */
function tasksOf(attio: LocalAttio): string[] {
  return attio.control.world.tasks
    .all()
    .filter(({ workspaceId }) => workspaceId === standard.workspaces.acme.id)
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(({ id }) => id)
}

function matches(pattern: string, pathname: string): boolean {
  const [start = '', end] = pattern.split('*')
  return end === undefined
    ? pathname === pattern
    : pathname.startsWith(start) && pathname.endsWith(end)
}
