import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, test } from 'node:test'
import { sql } from 'kysely'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { startSilentProxy, type SilentProxy } from '../../../testing/database/silent-proxy.ts'
import type { Database } from '../open-database.ts'

onEachEngine('a network to PostgreSQL that falls silent', (_open, engine) => {
  if (engine.name === 'sqlite') return

  const proxies: SilentProxy[] = []
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.close()
  })

  async function openThroughProxy(): Promise<{ proxy: SilentProxy; database: Database }> {
    const proxy = await startSilentProxy(await engine.createMigratedUrl())
    proxies.push(proxy)
    return { proxy, database: await engine.open(proxy.url) }
  }
  const ask = async ({ db }: Database): Promise<unknown> => sql`select 1`.execute(db)
  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const beganAt = performance.now()
    await work().catch(() => {})
    return (performance.now() - beganAt) / 1_000
  }

  test('a query over a silent network fails within its limit, and readiness is false meanwhile', async () => {
    const { proxy, database } = await openThroughProxy()
    await ask(database)
    proxy.fallSilent()
    const took = await seconds(async () => {
      await assert.rejects(ask(database), (error) => error instanceof Error && 'code' in error)
    })
    assert.ok(took < 20, `${took} s`)
    const readiness = await seconds(async () => {
      assert.equal(await database.isReady(), false)
    })
    assert.ok(readiness < 5, `${readiness} s`)
  })

  test('after the network heals the next queries succeed at once, though ten connections are dead', async () => {
    const { proxy, database } = await openThroughProxy()
    await Promise.all(
      Array.from({ length: 10 }, () => sql`select pg_sleep(0.2)`.execute(database.db)),
    )
    assert.ok(proxy.opened() >= 10)
    proxy.fallSilent()
    await sleep(1_200)
    proxy.heal()
    const took = await seconds(async () => {
      await Promise.all(Array.from({ length: 20 }, () => assert.doesNotReject(ask(database))))
    })
    assert.ok(took < 10, `${took} s`)
  })

  test('closing the database ends although PostgreSQL is silent', async () => {
    const { proxy, database } = await openThroughProxy()
    await ask(database)
    proxy.fallSilent()
    const took = await seconds(() => database.close())
    assert.ok(took < 10, `${took} s`)
  })

  test('the first query on a connection that the server closed is repeated, and a transaction begins again', async () => {
    const database = await engine.open(await engine.createMigratedUrl())
    const killer = await engine.open(await engine.createMigratedUrl())
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
      database.db,
    )
    for (const work of [
      () => ask(database),
      () => database.transaction(async (db) => sql`select 1`.execute(db)),
    ]) {
      await ask(database)
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = ${rows[0]?.name}`.execute(killer.db)
      await assert.doesNotReject(work())
    }
  })
})
