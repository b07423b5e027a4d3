// The pool's limits on a network that falls silent. A query may take a minute here, so that a test that relied on that
// limit instead of the one it is about would take a minute, too.
import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import pg from 'pg'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { startSilentProxy, type SilentProxy } from '../../../testing/database/silent-proxy.ts'
import { createHosts } from './hosts.ts'
import { limitPool, type LimitedPool } from './limited-pool.ts'

const limits = { queryMs: 60_000, testMs: 200, testAfterIdleMs: 0, endMs: 200 }
const farFromQueryLimitMs = 30_000

onEachEngine('a pool on a network that falls silent', (_open, engine) => {
  if (engine.name === 'sqlite') return

  const proxies: SilentProxy[] = []
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.close()
  })

  async function openPool(): Promise<{ proxy: SilentProxy; pool: LimitedPool }> {
    const proxy = await startSilentProxy(await engine.createMigratedUrl())
    proxies.push(proxy)
    const pool = new pg.Pool({ connectionString: proxy.url })
    // A lost connection is reported to its query as well.
    pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
    return { proxy, pool: limitPool(pool, { hosts: createHosts(proxy.url), limits }) }
  }

  test('connections that died while idle are replaced within the limit of their test', async () => {
    const { proxy, pool } = await openPool()
    const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()])
    for (const client of clients) client.release()
    proxy.fallSilent()
    proxy.heal()
    const beganAt = performance.now()
    const client = await pool.connect()
    await client.query('select 1', [])
    assert.ok(performance.now() - beganAt < farFromQueryLimitMs)
    client.release()
    await pool.end()
  })

  test('closing ends although a query gets no answer', async () => {
    const { proxy, pool } = await openPool()
    const client = await pool.connect()
    proxy.fallSilent()
    const query = client.query('select 1', [])
    query.catch(() => {})
    const beganAt = performance.now()
    await pool.end()
    assert.ok(performance.now() - beganAt < farFromQueryLimitMs)
    await proxy.close()
    await assert.rejects(query)
    client.release(true)
  })
})
