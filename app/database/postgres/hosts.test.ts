// A database address with several hosts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freePort } from '../../../testing/free-port.ts'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { startSilentProxy } from '../../../testing/database/silent-proxy.ts'
import { addressPerHost } from '../../support/address-per-host.ts'
import type { Db } from '../tables.ts'

test('an address with several hosts is one address for each', () => {
  assert.deepEqual(
    addressPerHost('postgres://jo:pass,word@one:5432,[::1]:5433/taskr?sslmode=require'),
    [
      'postgres://jo:pass,word@one:5432/taskr?sslmode=require',
      'postgres://jo:pass,word@[::1]:5433/taskr?sslmode=require',
    ],
  )
  for (const url of ['postgres://one/taskr', 'postgres:///taskr', 'file:./a,b.db', 'one,two']) {
    assert.deepEqual(addressPerHost(url), [url])
  }
})

onEachEngine('several hosts', (_open, engine) => {
  if (engine.name === 'sqlite') return

  test('the next host is used when the first is gone, at the start and later', async () => {
    const url = await engine.createMigratedUrl()
    const first = await startSilentProxy(url)
    const gone = `127.0.0.1:${await freePort()}`
    const hosts = [gone, new URL(first.url).host, new URL(url).host]
    const { db } = await engine.open(url.replace(new URL(url).host, hosts.join(',')))
    assert.equal(await ask(db), 'served')
    await first.close()
    assert.equal(await ask(db), 'served')
  })

  test('a server that takes no writes is left, and found again when it takes them', async () => {
    const url = await engine.createMigratedUrl()
    const { host, pathname } = new URL(url)
    const { db } = await engine.open(url.replace(host, `${host},${host}`))
    const administrator = await engine.open(url)
    const readOnly = async (value: 'on' | 'off'): Promise<void> => {
      await sql`alter database ${sql.ref(pathname.slice(1))} set default_transaction_read_only = ${sql.lit(value)}`.execute(
        administrator.db,
      )
    }
    assert.equal(await ask(db), 'served')
    await readOnly('on')
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(administrator.db)
    await assert.rejects(ask(db), /takes no writes/)
    await sql`set default_transaction_read_only = off`.execute(administrator.db)
    await readOnly('off')
    assert.equal(await ask(db), 'served')
  })
})

async function ask(db: Db): Promise<string> {
  const { rows } = await sql<{ answer: string }>`select 'served' as answer`.execute(db)
  return rows[0]?.answer ?? ''
}
