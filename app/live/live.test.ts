import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { createTestClock, systemClock } from '../support/clock.ts'
import { asAccountId } from '../support/ids.ts'
import { createTestLogger } from '../support/logger.ts'
import { createLive, type Live } from './live.ts'
import { postgresNotifications } from './postgres-notifications.ts'

const jo = asAccountId('account-jo')
const eve = asAccountId('account-eve')

suite('live', () => {
  test('a change is heard by every page of its account and by nobody else', async () => {
    const live = await createLive(0)
    const heard: string[] = []
    const stop = live.listen(jo, (what) => heard.push(`first ${what}`))
    live.listen(jo, (what) => heard.push(`second ${what}`))
    live.listen(eve, (what) => heard.push(`eve ${what}`))
    live.changed(jo)
    stop()
    live.changed(jo)
    assert.deepEqual(heard, ['first changed', 'second changed', 'second changed'])
    await live.close()
    assert.deepEqual(heard.slice(3), ['second stopped', 'eve stopped'])
  })

  test('RL-32 of more open pages than anybody looks at the eldest give way', async () => {
    const live = await createLive(0)
    const stopped: number[] = []
    for (let page = 0; page < 60; page++) {
      live.listen(asAccountId('a'), (what) => {
        if (what === 'stopped') stopped.push(page)
      })
    }
    live.listen(asAccountId('b'), (what) => assert.notEqual(what, 'stopped'))
    assert.deepEqual(stopped, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('the version tells whether something was missed', async () => {
    const live = await createLive(0)
    const before = live.version(jo)
    assert.equal(live.version(jo), before)
    live.changed(eve)
    assert.equal(live.version(jo), before)
    live.changed(jo)
    assert.notEqual(live.version(jo), before)
  })
})

onEachEngine('live between nodes', (_open, engine) => {
  if (engine.name === 'sqlite') return
  const openNode = async (url: string): Promise<Live> =>
    createLive(
      0,
      postgresNotifications({ url, clock: systemClock, logger: createTestLogger(systemClock) }),
    )
  const next = (live: Live): Promise<string> =>
    new Promise((resolve) => {
      const stop = live.listen(jo, (what) => {
        stop()
        resolve(what)
      })
    })

  test('a change on one node is heard on the other, also after the connection was cut', async () => {
    const url = await engine.createMigratedUrl()
    const [a, b] = [await openNode(url), await openNode(url)]
    const database = await engine.open(url)
    const heard = next(b)
    a.changed(jo)
    assert.equal(await heard, 'changed')

    const cut = next(b)
    const { sql } = await import('kysely')
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'`.execute(
      database.db,
    )
    assert.equal(await cut, 'changed')
    const again = next(b)
    const ask = setInterval(() => a.changed(jo), 100)
    assert.equal(await again, 'changed')
    clearInterval(ask)
    await Promise.all([a.close(), b.close()])
  })

  test('RL-26 a database that is gone is asked for once a second, however long it is gone', async () => {
    const url = await engine.createMigratedUrl()
    const clock = createTestClock()
    const logger = createTestLogger(clock)
    const live = await createLive(0, postgresNotifications({ url, clock, logger }))
    const elsewhere = new URL(url)
    const database = elsewhere.pathname.slice(1)
    elsewhere.pathname = '/postgres'
    const client = new Client({ connectionString: elsewhere.href })
    await client.connect()
    await client.query(`drop database ${database} with (force)`)
    await client.end()
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
