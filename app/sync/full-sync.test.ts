import assert from 'node:assert/strict'
import { createIds } from '../support/ids.ts'
import { createTestRandomBytes } from '../support/random.ts'
import { test } from 'node:test'
import { AttioApiError, isAttioFailure } from '@taskr/attio'
import { standard, type LocalAttio, type LocalAttioOptions } from '@taskr/local-attio'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import type { Database } from '../database/open-database.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { createTestLogger } from '../support/logger.ts'
import { clientOf, connection, listed, openLocalAttio, owner } from './for-tests.ts'
import { listMembers } from '../tasks/names/member-store.ts'
import type { PageOptions } from './read-every-task.ts'
import type { SyncParts } from './sync-parts.ts'
import type { MirrorState } from './mirror-state-store.ts'
import { listRecords } from '../tasks/names/record-store.ts'
import { listShownTasks } from '../tasks/rows/task-list-store.ts'
import { wholeConnection, type MirroredTask } from '../tasks/mirror.ts'
import { fullSync, type SyncEnd } from './full-sync.ts'

const everything = { whose: { kind: 'everyone' }, limit: 100_000, offset: 0 } as const

onEachEngine('a full sync', (open) => {
  test('a full sync brings every task, however many pages Attio needs, and the names that belong to it', async () => {
    const world = await createWorld(await open(), { seed: { tasks: 1_234 } })
    const end = await world.sync()
    assert.deepEqual(end, { kind: 'finished', tasksSeen: 1_234, rowsWritten: 1_234 })
    assert.deepEqual(await world.mirrored(), world.inAttio())
    const members = await listMembers(world.database.db, [owner.connectionId])
    assert.deepEqual(
      members.map(({ emailAddress }) => emailAddress).toSorted(),
      ['ada', 'ben', 'cleo', 'dana'].map((name) => `${name}@acme.example`),
    )
    const linked = (await world.tasks()).flatMap((task) => task.linkedRecords)
    assert.ok(linked.length > 0)
    const records = await listRecords(
      world.database.db,
      new Map([[owner.connectionId, linked.map(({ recordId }) => recordId)]]),
    )
    assert.deepEqual(
      records.filter(({ name }) => name === ''),
      [],
    )
    assert.ok(
      records.some(
        ({ objectSlug, webUrl }) => objectSlug === 'companies' && webUrl?.startsWith('http'),
      ),
    )
  })

  test('a full sync writes no row when nothing is new', async () => {
    const world = await createWorld(await open(), { seed: { tasks: 600 } })
    await world.sync()
    await world.clock.advance(120_000)
    assert.deepEqual(await world.sync(), { kind: 'finished', tasksSeen: 600, rowsWritten: 0 })
    assert.equal((await world.state())?.asOf, world.clock.now())
  })

  // `node bench/sync.ts` does the same with 100,000 tasks, and reports time and memory.
  test('a full sync needs at most a twentieth more pages for forty pages of tasks, and writes each once', async () => {
    // As many pages as 20,000 tasks have in production, which overlap by as much of a page.
    const pages = { pageSize: 100, overlap: 1 }
    const world = await createWorld(await open(), { seed: { tasks: 4_000 } }, pages)
    let read = 0
    world.onTaskPage(() => {
      read += 1
    })
    const first = await world.sync()
    assert.deepEqual(first, { kind: 'finished', tasksSeen: 4_000, rowsWritten: 4_000 })
    assert.ok(read <= (4_000 / 100) * 1.05, `${read} pages`)
    await world.clock.advance(120_000)
    const second = await world.sync()
    assert.deepEqual(second, { kind: 'finished', tasksSeen: 4_000, rowsWritten: 0 })
  })

  test('a full sync brings what was added, completed, assigned and deleted since the last one', async () => {
    const world = await createWorld(await open(), { seed: { tasks: 40 } })
    await world.sync()
    await world.clock.advance(120_000)
    const ada = world.attio.control.as({
      member: standard.people.ada.emailAddress,
      workspace: 'acme',
    })
    const [first, second, third] = world.attio.control.world.tasks
      .all()
      .filter(({ isCompleted }) => !isCompleted)
    ada.completeTask(first?.id ?? '')
    ada.deleteTask(second?.id ?? '')
    ada.updateTask(third?.id ?? '', { assigneeIds: [standard.members.benAtAcme], deadlineAt: null })
    ada.addTask({ content: 'New 🚀' })
    await world.sync()
    assert.deepEqual(await world.mirrored(), world.inAttio())
  })

  test('a full sync is skipped while the copy is fresh or another sync is running', async () => {
    const world = await createWorld(await open(), { seed: { tasks: 5 } })
    const gate = Promise.withResolvers<void>()
    world.onTaskPage(() => gate.promise)
    const first = world.sync()
    while ((await world.state())?.syncStartedAt === undefined) await world.clock.advance(0)
    assert.deepEqual(await world.sync(), { kind: 'not-needed' })
    gate.resolve()
    assert.equal((await first).kind, 'finished')
    await world.clock.advance(30_000)
    assert.equal((await fullSync(world.parts, owner, { staleAfterMs: 60_000 })).kind, 'not-needed')
    await world.clock.advance(30_000)
    assert.equal((await fullSync(world.parts, owner, { staleAfterMs: 60_000 })).kind, 'finished')
  })

  for (const [how, answer, problem] of [
    ['an error', { status: 500, body: '<h1>oops</h1>' }, 'unreachable'],
    ['a limit', { status: 429 }, 'limited'],
    ['a broken connection', { reset: 'before-commit' }, 'unreachable'],
    ['half an answer', { truncate: 200 }, 'unreachable'],
    ['the wrong shape', { shape: 'strings' }, 'unclear'],
    ['missing scopes', { status: 403 }, 'forbidden'],
  ] as const) {
    test(`RL-17 a full sync deletes nothing and does not move "as of" after ${how} on its second page`, async () => {
      const world = await createWorld(await open(), { seed: { tasks: 700 } })
      await world.sync()
      const before = await world.state()
      await world.clock.advance(120_000)
      const ada = world.attio.control.as({
        member: standard.people.ada.emailAddress,
        workspace: 'acme',
      })
      ada.deleteTask(firstTasks(world.attio, 1)[0] ?? '')
      world.attio.control.faults.add({ path: '/v2/tasks', answer })
      // The newest fault rule applies first, so the first page is answered normally.
      world.attio.control.faults.add({ path: '/v2/tasks', count: 1, answer: {} })
      const end = await world.advanceUntil(world.sync())
      assert.equal(end.kind, 'failed')
      assert.equal((await world.tasks()).length, 700)
      const after = await world.state()
      assert.equal(after?.asOf, before?.asOf)
      assert.equal(after?.problem, problem)
      assert.equal(after?.syncStartedAt, undefined)
      world.attio.control.faults.clear()
      await world.clock.advance(120_000)
      assert.equal((await world.advanceUntil(world.sync())).kind, 'finished')
      assert.equal((await world.state())?.problem, undefined)
      assert.deepEqual(await world.mirrored(), world.inAttio())
    })
  }

  test('a full sync hides no task when others are deleted while it runs', async () => {
    const world = await createWorld(await open(), { seed: { tasks: 1_600 } })
    const ada = world.attio.control.as({
      member: standard.people.ada.emailAddress,
      workspace: 'acme',
    })
    let pages = 0
    world.onTaskPage(() => {
      pages += 1
      // Each time, more tasks are deleted than pages overlap.
      if (pages <= 3) for (const task of firstTasks(world.attio, 60)) ada.deleteTask(task)
    })
    assert.equal((await world.sync()).kind, 'finished')
    assert.equal(world.inAttio().length, 1_600 - 3 * 60)
    const mirrored = new Set((await world.mirrored()).map(({ id }) => id))
    assert.deepEqual(
      world.inAttio().filter(({ id }) => !mirrored.has(id)),
      [],
    )
    await world.clock.advance(120_000)
    await world.sync()
    assert.deepEqual(await world.mirrored(), world.inAttio())
  })

  test('a full sync loses its lease when it runs out, and can then write nothing', async () => {
    const world = await createWorld(await open(), { seed: { tasks: 900 } })
    const gate = Promise.withResolvers<void>()
    let pages = 0
    world.onTaskPage(async () => {
      pages += 1
      if (pages === 2) await gate.promise
    })
    const paused = world.sync()
    while (pages < 2 || (await world.state())?.syncTasksSeen !== 500) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    await world.clock.advance(61_000)
    assert.equal((await world.sync()).kind, 'finished')
    const { asOf } = (await world.state()) ?? {}
    gate.resolve()
    assert.deepEqual(await paused, { kind: 'failed', problem: 'lost' })
    assert.equal((await world.state())?.asOf, asOf)
  })
})

function firstTasks(attio: LocalAttio, count: number): string[] {
  return attio.control.world.tasks
    .all()
    .filter(({ workspaceId }) => workspaceId === standard.workspaces.acme.id)
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .slice(0, count)
    .map(({ id }) => id)
}

interface SyncWorld {
  readonly database: Database
  readonly attio: LocalAttio
  readonly clock: TestClock
  readonly parts: SyncParts
  readonly sync: () => Promise<SyncEnd>
  readonly state: () => Promise<MirrorState | undefined>
  readonly tasks: () => Promise<readonly MirroredTask[]>
  readonly mirrored: () => Promise<readonly { id: string }[]>
  readonly inAttio: () => readonly { id: string }[]
  readonly advanceUntil: <Result>(work: Promise<Result>) => Promise<Result>
  /** Calls `hook` before each page of tasks is requested. */
  readonly onTaskPage: (hook: () => void | Promise<void>) => void
}

async function createWorld(
  database: Database,
  options: LocalAttioOptions,
  pages?: PageOptions,
): Promise<SyncWorld> {
  const clock = createTestClock(Date.UTC(2026, 10, 23, 9, 41))
  const opened = openLocalAttio(clock, options)
  const { attio } = opened
  let hook: () => void | Promise<void> = () => {}
  const client = clientOf(opened, clock, async (pathname) => {
    if (pathname === '/v2/tasks') await hook()
  })
  const parts: SyncParts = {
    database,
    clock,
    ids: createIds(clock, createTestRandomBytes()),
    randomBytes: createTestRandomBytes(),
    logger: createTestLogger(clock),
    live: { changed: () => {} },
    seats: { endWithoutMember: async () => 0 },
    readSoon: async () => {},
    ...(pages && { pages }),
    connections: {
      list: async () => [],
      check: async () => true,
      callAttio: async (_owner, work) => {
        try {
          return { kind: 'ok', value: await work(client, connection) }
        } catch (error) {
          if (!isAttioFailure(error)) throw error
          if (error instanceof AttioApiError && error.status === 403)
            return { kind: 'forbidden', said: '' }
          return { kind: 'unreachable', failure: error, retryAt: undefined }
        }
      },
    },
  }
  const tasks = async (): Promise<readonly MirroredTask[]> => [
    ...(await listShownTasks(database.db, [wholeConnection(owner.connectionId)], {
      ...everything,
      isCompleted: false,
    })),
    ...(await listShownTasks(database.db, [wholeConnection(owner.connectionId)], {
      ...everything,
      isCompleted: true,
    })),
  ]
  return {
    database,
    attio,
    clock,
    parts,
    sync: () => fullSync(parts, owner, { staleAfterMs: 0 }),
    state: async () => (await listed(database, owner, clock)).mirror,
    tasks,
    mirrored: async () =>
      (await tasks())
        .map(({ taskId, content, deadlineAt, isCompleted, assigneeIds }) => ({
          id: String(taskId),
          content,
          deadlineAt,
          isCompleted,
          assigneeIds: [...assigneeIds].map(String),
        }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    inAttio: () =>
      attio.control.world.tasks
        .all()
        .filter(({ workspaceId }) => workspaceId === standard.workspaces.acme.id)
        .map(({ id, content, deadlineAt, isCompleted, assigneeIds }) => ({
          id,
          content,
          deadlineAt,
          isCompleted,
          assigneeIds: [...assigneeIds],
        }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    advanceUntil: clock.advanceUntil,
    onTaskPage: (next) => {
      hook = next
    },
  }
}
