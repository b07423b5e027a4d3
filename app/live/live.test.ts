import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { Client } from 'pg'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { startPoolingProxy } from '../../testing/database/pooling-proxy.ts'
import { startSilentProxy } from '../../testing/database/silent-proxy.ts'
import { createTestClock, systemClock } from '../support/clock.ts'
import { asAccountId, asConnectionId, createIds } from '../support/ids.ts'
import { createTestLogger } from '../support/logger.ts'
import { systemRandomBytes } from '../support/random.ts'
import type { Database } from '../database/open-database.ts'
import { createProbe } from './hears-others.ts'
import { openListeningConnection } from './listening-connection.ts'
import { createLive, type Listener, type Live } from './live.ts'
import { postgresNotifications } from './postgres-notifications.ts'

const ids = createIds(systemClock, systemRandomBytes)
const jo = asAccountId('account-jo')
const eve = asAccountId('account-eve')

suite('live', () => {
  test('a change reaches every page of its account and no other', async () => {
    const live = await createLive(0)
    const heard: string[] = []
    const note = (page: string) => (what: Parameters<Listener>[0]) =>
      heard.push(`${page} ${what === 'stopped' ? what : 'changed'}`)
    const stop = live.listen(jo, [jo], note('first'))
    live.listen(jo, [jo], note('second'))
    live.listen(eve, [eve], note('eve'))
    live.changed(jo)
    stop()
    live.changed(jo)
    assert.deepEqual(heard, ['first changed', 'second changed', 'second changed'])
    await live.close()
    assert.deepEqual(heard.slice(3), ['second stopped', 'eve stopped'])
  })

  test('RL-32 beyond fifty open pages of an account the oldest stop listening', async () => {
    const live = await createLive(0)
    const stopped: number[] = []
    for (let page = 0; page < 60; page++) {
      live.listen(asAccountId('a'), [asAccountId('a')], (what) => {
        if (what === 'stopped') stopped.push(page)
      })
    }
    live.listen(asAccountId('b'), [asAccountId('b')], (what) => assert.notEqual(what, 'stopped'))
    assert.deepEqual(stopped, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('a change of a connection reaches the pages of every account that shows it', async () => {
    const live = await createLive(0)
    const acme = asConnectionId('connection-acme')
    const heard: string[] = []
    live.listen(jo, [jo, acme], () => heard.push('jo'))
    live.listen(eve, [eve, acme], () => heard.push('eve'))
    live.listen(asAccountId('kim'), [asAccountId('kim')], () => heard.push('kim'))
    live.changed(acme)
    assert.deepEqual(heard, ['jo', 'eve'])
  })

  test('after a gap in notifications each page is told once, however much it shows', async () => {
    let receive: (what: 'all') => void = () => {}
    const live = await createLive(0, async (told) => {
      receive = told
      return { send: () => {}, close: async () => {} }
    })
    const heard: string[] = []
    live.listen(jo, [jo, asConnectionId('acme'), asConnectionId('globex')], (what) =>
      heard.push(what),
    )
    receive('all')
    assert.deepEqual(heard, ['changed'])
    await live.close()
  })

  test('a page learns what changed since it was built, among what it shows', async () => {
    const live = await createLive(0)
    const acme = asConnectionId('connection-acme')
    const before = live.version()
    live.changed(eve)
    assert.equal(live.hasChanged([jo, acme], before), false)
    live.changed(acme)
    assert.equal(live.hasChanged([jo, acme], before), true)
    assert.equal(live.hasChanged([jo], before), false)
    assert.equal(live.hasChanged([jo], '1.0'), true, 'a page of another node may be outdated')
    assert.equal(live.hasChanged([jo], 'nonsense'), true)
  })
})

onEachEngine('live between nodes', (_open, engine) => {
  if (engine.name === 'sqlite') return
  const openNode = async (
    url: string,
    name: string,
    serverChanged = (): void => {},
  ): Promise<Live> => {
    const named = new URL(url)
    named.searchParams.set('application_name', name)
    const logger = createTestLogger(systemClock)
    return createLive(
      0,
      postgresNotifications({ url: named.href, clock: systemClock, logger, ids, serverChanged }),
    )
  }
  const cut = async ({ db }: Database, name: string): Promise<void> => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${name}`.execute(db)
  }
  const next = (live: Live): Promise<string> =>
    new Promise((resolve) => {
      const stop = live.listen(jo, [jo], (what) => {
        stop()
        resolve(what === 'stopped' ? what : 'changed')
      })
    })

  test('a change on one node reaches the other, and a node whose connection was cut reports every account as changed', async () => {
    const url = await engine.createMigratedUrl()
    const [a, b] = [await openNode(url, 'node_a'), await openNode(url, 'node_b')]
    const database = await engine.open(url)
    const heard = next(b)
    a.changed(jo)
    assert.equal(await heard, 'changed')

    await cut(database, 'node_b')
    assert.equal(await next(b), 'changed', 'after a gap a node is told of everything')
    await Promise.all([a.close(), b.close()])
  })

  test('RL-26 a lost connection to the same server makes no copy due', async () => {
    const url = await engine.createMigratedUrl()
    let changes = 0
    const node = await openNode(url, 'node_a', () => {
      changes += 1
    })
    const database = await engine.open(url)
    for (let cuts = 0; cuts < 2; cuts += 1) {
      const told = next(node)
      await cut(database, 'node_a')
      assert.equal(await told, 'changed')
    }
    await node.close()
    assert.equal(changes, 0)
  })

  test('RL-26 a server that does not say who it is counts as another one, as a promoted replica does', async () => {
    const url = await engine.createMigratedUrl()
    const database = await engine.open(url)
    // The name of the server is asked for without a schema, so that a function of the test's own can answer.
    await sql`create function public.pg_control_system(out system_identifier text) as
      $$ begin raise 'not known'; end $$ language plpgsql`.execute(database.db)
    const forgetful = new URL(url)
    forgetful.searchParams.set('options', '-c search_path=public,pg_catalog')
    const { promise: changed, resolve: serverChanged } = Promise.withResolvers<void>()
    const node = await openNode(forgetful.href, 'node_a', serverChanged)
    await cut(database, 'node_a')
    await changed
    await node.close()
  })

  test('RL-26 a change made while a node reconnects reaches the others', async () => {
    const url = await engine.createMigratedUrl()
    const [a, b] = [await openNode(url, 'node_a'), await openNode(url, 'node_b')]
    const database = await engine.open(url)
    const [heardHere, heardThere] = [next(a), next(b)]
    await cut(database, 'node_a')
    a.changed(jo)
    assert.deepEqual(await Promise.all([heardHere, heardThere]), ['changed', 'changed'])
    await Promise.all([a.close(), b.close()])
  })

  test('RL-26 a node whose network fell silent reconnects within ten seconds, and its changes reach the others', async () => {
    const url = await engine.createMigratedUrl()
    const proxy = await startSilentProxy(url)
    const [a, b] = [await openNode(proxy.url, 'node_a'), await openNode(url, 'node_b')]
    const [heardHere, heardThere] = [next(a), next(b)]
    proxy.fallSilent()
    const beganAt = performance.now()
    a.changed(jo)
    assert.equal(await heardHere, 'changed')
    proxy.heal()
    assert.equal(await heardThere, 'changed')
    assert.ok(performance.now() - beganAt < 12_000)
    await Promise.all([a.close(), b.close()])
    await proxy.close()
  })

  test('RL-30 a node stops although PostgreSQL is silent', async () => {
    const proxy = await startSilentProxy(await engine.createMigratedUrl())
    const node = await openNode(proxy.url, 'node_a')
    proxy.fallSilent()
    node.changed(jo)
    const beganAt = performance.now()
    await node.close()
    assert.ok(performance.now() - beganAt < 6_000)
    await proxy.close()
  })

  test('RL-30 a change on a node that is stopping reaches the others, and no page opens there', async () => {
    const url = await engine.createMigratedUrl()
    const [a, b] = [await openNode(url, 'node_a'), await openNode(url, 'node_b')]
    a.stopListening()
    const heardHere: string[] = []
    a.listen(jo, [jo], (what) => heardHere.push(what === 'stopped' ? what : 'changed'))
    assert.deepEqual(heardHere, ['stopped'])
    const heardThere = next(b)
    a.changed(jo)
    assert.equal(await heardThere, 'changed')
    await Promise.all([a.close(), b.close()])
  })

  test('a node behind PgBouncer in transaction mode reports lost notifications, and its own pages still hear', async () => {
    const proxy = await startPoolingProxy(await engine.createMigratedUrl())
    const logger = createTestLogger(systemClock)
    const options = { url: proxy.url, clock: systemClock, logger, ids }
    const live = await createLive(0, postgresNotifications(options))
    while (!logger.lines.some((line) => line.includes('live.notifications-lost'))) await sleep(20)
    assert.match(logger.lines.join(''), /Set LISTEN_DATABASE_URL/)
    const heard = next(live)
    live.changed(jo)
    assert.equal(await heard, 'changed')
    await live.close()
    await proxy.close()
  })

  test('a direct connection to PostgreSQL passes the check for lost notifications', async () => {
    const url = await engine.createMigratedUrl()
    const probe = createProbe('1')
    const failed = (): void => {}
    const listening = await openListeningConnection(url, { heard: probe.heard, failed })
    assert.equal(await probe.send(url, new AbortController().signal), true)
    listening.destroy()
  })

  test('RL-26 a node tries a database that is gone once a second, however long it is gone', async () => {
    const url = await engine.createMigratedUrl()
    const clock = createTestClock()
    const logger = createTestLogger(clock)
    const live = await createLive(0, postgresNotifications({ url, clock, logger, ids }))
    const elsewhere = new URL(url)
    const database = elsewhere.pathname.slice(1)
    elsewhere.pathname = '/postgres'
    const client = new Client({ connectionString: elsewhere.href })
    await client.connect()
    await client.query(`drop database ${database} with (force)`)
    await client.end()
    while (!logger.lines.some((line) => line.includes('live.connection-lost'))) await sleep(5)
    await sleep(50)
    const refusals = (): number =>
      logger.lines.filter((line) => line.includes('live.connection-refused')).length
    for (let second = 1; second <= 6; second++) {
      while (clock.waiting() === 0) await sleep(5)
      await clock.advance(1_000)
      while (refusals() < second) await sleep(5)
    }
    await sleep(50)
    assert.deepEqual([refusals(), clock.waiting()], [6, 1])
    await live.close()
  })
})
