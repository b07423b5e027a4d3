// When copies are synced again: on schedule, after webhooks stop, and when a person opens the list.
import { createIds } from '../support/ids.ts'
import { createTestRandomBytes } from '../support/random.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttioNetworkError, AttioTimeoutError } from '@taskr/attio'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { storeWebhook } from '../../testing/database/store-connection.ts'
import type { Database } from '../database/open-database.ts'
import { createBackground } from '../work/work.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { asAccountId, asConnectionId, type ConnectionId } from '../support/ids.ts'
import { createTestLogger } from '../support/logger.ts'
import { clientOf, connection, listed, openLocalAttio } from './for-tests.ts'
import { createSync, type ListedConnection, type Sync } from './sync.ts'
import type { SyncParts } from './sync-parts.ts'

const minute = 60_000
const hour = 60 * minute
const accountId = asAccountId('account-a')
const a = { accountId, connectionId: asConnectionId('connection-a') }
const b = { accountId, connectionId: asConnectionId('connection-b') }

onEachEngine('scheduled syncs', (open) => {
  test('RL-17 scheduled syncs run every quarter of an hour, and every six hours with a live webhook', async () => {
    const world = await createSchedule(await open())
    await world.mirror.refreshNow(a)
    await world.mirror.refreshNow(b)
    await world.idle()
    await world.tell(b, true)
    world.syncs.length = 0
    await world.pass(6 * hour, minute)
    assert.equal(world.syncsOf(a), 24)
    assert.equal(world.syncsOf(b), 1)
    assert.equal((await world.listed(a)).mirror?.isLive, false)
    assert.equal((await world.listed(b)).mirror?.isLive, true)
  })

  test('RL-17 a connection that loses its webhook is synced as soon as its copy is a quarter of an hour old', async () => {
    const world = await createSchedule(await open())
    await world.tell(a, true)
    await world.mirror.refreshNow(a)
    await world.idle()
    await world.pass(2 * hour, minute)
    assert.equal(world.syncsOf(a), 1)
    await world.tell(a, false)
    await world.mirror.syncByTime(a.connectionId)
    await world.pass(5_000)
    assert.equal(world.syncsOf(a), 2, 'its copy is two hours old')
    await world.pass(16 * minute)
    assert.equal(world.syncsOf(a), 3)
  })

  test('RL-07 opening the list syncs a copy older than a minute, and none with a live webhook', async () => {
    const world = await createSchedule(await open())
    await world.mirror.refreshNow(a)
    await world.idle()
    const view = async (): Promise<number> => {
      world.mirror.refresh(await world.listed(a))
      await world.idle()
      return world.syncsOf(a)
    }
    await world.clock.advance(59_000)
    assert.equal(await view(), 1)
    await world.clock.advance(2_000)
    assert.equal(await view(), 2)
    await world.tell(a, true)
    await world.clock.advance(5 * hour)
    assert.equal(await view(), 2)
    await world.clock.advance(hour)
    assert.equal(await view(), 3, 'the scheduled sync has not come')
  })

  test('RL-17 after more than a minute without any worker, every copy is synced at once', async () => {
    const world = await createSchedule(await open())
    await world.tell(a, true)
    await world.mirror.refreshNow(a)
    await world.idle()
    assert.equal(await world.mirror.noticeGap(), false, 'the first start is no gap')
    await world.pass(5 * minute)
    assert.equal(world.syncsOf(a), 1)
    await world.clock.advance(50_000)
    await world.pass(5_000)
    assert.equal(world.syncsOf(a), 1, 'a restart that is quick')
    await world.clock.advance(70_000)
    await world.pass(5_000)
    assert.equal(world.syncsOf(a), 2)
    await world.pass(hour)
    assert.equal(world.syncsOf(a), 2)
    await world.mirror.syncAllSoon()
    await world.pass(5_000)
    assert.equal(world.syncsOf(a), 3, 'and when the database was another one')
  })

  test('RL-17 after a gap, a hundred copies are due at once and fifty more a second, and none later than before', async () => {
    const database = await open()
    const world = await createSchedule(database)
    const many = Array.from({ length: 230 }, (_, at) => `copy-${String(at).padStart(3, '0')}`)
    await database.db
      .insertInto('mirrors')
      .values(
        many.map((id, at) => ({
          connection_id: asConnectionId(id),
          account_id: a.accountId,
          sync_tasks_seen: 0,
          leased_until: 0,
          lease_number: 0,
          // The last ten were due a minute ago.
          next_sync_at: world.clock.now() + (at < 220 ? 6 * hour : -minute),
        })),
      )
      .execute()
    await world.mirror.syncAllSoon()
    const dueIn = async (seconds: number): Promise<number> => {
      const { count } = await database.db
        .selectFrom('mirrors')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('next_sync_at', '<=', world.clock.now() + seconds * 1_000)
        .executeTakeFirstOrThrow()
      return count
    }
    assert.deepEqual(
      [await dueIn(-1), await dueIn(0), await dueIn(2), await dueIn(4)],
      [10, 110, 210, 230],
    )
  })

  test('RL-04 a sync that fails is retried with back-off, from 15 seconds to a quarter of an hour, until it succeeds', async () => {
    const world = await createSchedule(await open())
    await world.tell(a, true)
    world.fails.set(a.connectionId, 'slow')
    await world.mirror.refreshNow(a)
    await world.idle()
    await world.pass(20 * minute)
    const gaps = world.syncs.map(({ at }, index) => at - (world.syncs[index - 1]?.at ?? at))
    for (const [index, seconds] of [15, 30, 60, 120, 240, 480].entries()) {
      const gap = (gaps[index + 1] ?? 0) / 1_000
      const earliest = Math.max(15, seconds / 2)
      assert.ok(gap >= earliest && gap <= seconds + 15, `${gap} seconds at wait ${index + 1}`)
    }
    world.fails.clear()
    await world.pass(16 * minute)
    const { mirror: state } = await world.listed(a)
    assert.equal(state?.problem, undefined)
    assert.ok((state?.asOf ?? 0) > 0)
  })

  test('RL-04 after an outage of any length, the copy is synced within half a minute of Attio’s return', async () => {
    const world = await createSchedule(await open())
    for (const outageMs of [minute, 40 * minute]) {
      world.fails.set(a.connectionId, 'unreachable')
      await world.mirror.refreshNow(a)
      await world.pass(outageMs, 15_000)
      const triedAMinute = world.syncsOf(a) / (outageMs / minute)
      assert.ok(triedAMinute <= 5, `${triedAMinute} tries a minute`)
      world.fails.clear()
      await world.pass(35_000)
      const { mirror: state } = await world.listed(a)
      assert.equal(state?.problem, undefined)
      world.syncs.length = 0
    }
  })

  test('RL-02 a rate-limited sync is not retried before Attio allows', async () => {
    const world = await createSchedule(await open())
    world.fails.set(a.connectionId, 'told to wait an hour')
    await world.mirror.refreshNow(a)
    await world.idle()
    await world.pass(59 * minute)
    assert.equal(world.syncsOf(a), 1)
    await world.pass(2 * minute)
    assert.equal(world.syncsOf(a), 2)
  })

  test('RL-35 a connection whose syncs fail or hang does not delay the others', async () => {
    const world = await createSchedule(await open())
    const broken = Array.from({ length: 5 }, (_, at) => asConnectionId(`broken-${at}`))
    const hanging = asConnectionId('hanging')
    for (const connectionId of broken) world.fails.set(connectionId, 'throws')
    world.fails.set(hanging, 'hangs')
    for (const connectionId of [...broken, hanging]) {
      await world.mirror.refreshNow({ accountId, connectionId })
    }
    await world.mirror.refreshNow(b)
    await world.pass(hour, 30_000)
    assert.ok(world.syncsOf(b) >= 4)
    const tried = world.syncsOf(broken[0] ?? hanging)
    assert.ok(tried > 5 && tried < 12, `${tried} times: tried again, and not without end`)
    await world.stop()
  })

  test('RL-11 two nodes sync each copy once', async () => {
    const database = await open()
    const clock = createTestClock()
    const [one, two] = [
      await createSchedule(database, clock),
      await createSchedule(database, clock),
    ]
    await one.mirror.refreshNow(a)
    await one.idle()
    one.syncs.length = 0
    for (let ms = 0; ms < hour; ms += 5_000) {
      await Promise.all([one.runDueWork(), two.runDueWork()])
      await clock.advance(5_000)
    }
    assert.equal(one.syncsOf(a) + two.syncsOf(a), 3)
  })

  test('a sync starts again when the lease of its dead node expires, and at once when its node was shut down', async () => {
    const database = await open()
    const clock = createTestClock()
    const [one, two] = [
      await createSchedule(database, clock),
      await createSchedule(database, clock),
    ]
    one.fails.set(a.connectionId, 'hangs')
    one.mirror.refresh(await one.listed(a))
    await one.until(() => one.syncsOf(a) === 1)
    await clock.advance(30_000)
    await two.pass(20_000)
    assert.equal(two.syncsOf(a), 0)
    await two.pass(20_000)
    assert.equal(two.syncsOf(a), 1)
    await one.stop()

    const three = await createSchedule(database, clock)
    three.fails.set(b.connectionId, 'hangs')
    three.mirror.refresh(await three.listed(b))
    await three.until(() => three.syncsOf(b) === 1)
    await three.stop()
    await two.pass(5_000)
    assert.equal(two.syncsOf(b), 1)
  })

  test('a node runs at most eight syncs at once', async () => {
    const world = await createSchedule(await open())
    for (let at = 0; at < 30; at += 1) {
      const connectionId = asConnectionId(`connection-${at}`)
      world.fails.set(connectionId, 'hangs')
      await world.mirror.refreshNow({ accountId, connectionId })
    }
    await world.until(() => world.syncs.length >= 8)
    await world.runDueWork()
    assert.equal(world.syncs.length, 8)
    await world.stop()
  })
})

type Failing = 'unreachable' | 'slow' | 'told to wait an hour' | 'throws' | 'hangs'

interface Schedule {
  readonly mirror: Sync
  readonly clock: TestClock
  /** Gives the connection a working webhook, or takes it away. */
  readonly tell: (owner: typeof a, works: boolean) => Promise<void>
  readonly listed: (owner: typeof a) => Promise<ListedConnection>
  readonly fails: Map<ConnectionId, Failing>
  readonly syncs: { readonly connectionId: ConnectionId; readonly at: number }[]
  readonly syncsOf: (owner: { readonly connectionId: ConnectionId } | ConnectionId) => number
  /** Runs the workers once. */
  readonly runDueWork: () => Promise<void>
  /** Lets time pass, with the workers running every five seconds. */
  readonly pass: (ms: number, everyMs?: number) => Promise<void>
  readonly until: (condition: () => boolean) => Promise<void>
  readonly idle: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Creates a mirror of connections to one small workspace. */
async function createSchedule(database: Database, clock = createTestClock()): Promise<Schedule> {
  const logger = createTestLogger(clock)
  const background = createBackground(logger)
  const fails = new Map<ConnectionId, Failing>()
  const syncs: Schedule['syncs'] = []
  const client = clientOf(openLocalAttio(clock, { seed: 'one-task' }), clock)
  const unreachable = (retryAt: number | undefined) =>
    ({
      kind: 'unreachable',
      failure: new AttioNetworkError('GET /v2/tasks', undefined),
      retryAt,
    }) as const
  const parts: SyncParts = {
    database,
    clock,
    ids: createIds(clock, createTestRandomBytes()),
    randomBytes: createTestRandomBytes(),
    logger,
    live: { changed: () => {} },
    seats: { endWithoutMember: async () => 0 },
    readSoon: async () => {},
    connections: {
      list: async () => [],
      check: async () => true,
      callAttio: async ({ connectionId }, work, signal) => {
        syncs.push({ connectionId, at: clock.now() })
        switch (fails.get(connectionId)) {
          case 'throws':
            throw new Error('a poisonous row')
          case 'hangs':
            await clock.wait(1e12, signal)
            throw new Error('never')
          case 'told to wait an hour':
            return unreachable(clock.now() + hour)
          case 'unreachable':
            return unreachable(undefined)
          case 'slow':
            return {
              ...unreachable(undefined),
              failure: new AttioTimeoutError('GET /v2/tasks', 10_000),
            }
          case undefined:
            return { kind: 'ok', value: await work(client, connection) }
        }
      },
    },
  }
  const mirror = createSync(parts, background)
  const runDueWork = async (): Promise<void> => {
    await mirror.noticeGap()
    await mirror.syncDue()
    const hung = [...fails.values()].includes('hangs')
      ? new Promise((done) => setTimeout(done, 20))
      : undefined
    await (hung ?? background.idle())
  }
  return {
    mirror,
    clock,
    tell: (owner, works) => storeWebhook(database.db, owner, { works }),
    listed: (owner) => listed(database, owner, clock),
    fails,
    syncs,
    syncsOf: (owner) => {
      const id = typeof owner === 'string' ? owner : owner.connectionId
      return syncs.filter(({ connectionId }) => connectionId === id).length
    },
    runDueWork,
    pass: async (ms, everyMs = 5_000) => {
      for (let passed = 0; passed < ms; passed += everyMs) {
        await clock.advance(everyMs)
        await runDueWork()
      }
    },
    until: async (condition) => {
      while (!condition()) await new Promise((resolve) => setImmediate(resolve))
    },
    idle: background.idle,
    stop: background.stop,
  }
}
