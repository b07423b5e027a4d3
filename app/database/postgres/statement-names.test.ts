// Statements that PostgreSQL prepares once per connection, and what happens when a prepared one is no longer good.
import assert from 'node:assert/strict'
import { afterEach, suite, test } from 'node:test'
import { sql } from 'kysely'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { startPoolingProxy, type PoolingProxy } from '../../../testing/database/pooling-proxy.ts'
import { systemClock } from '../../support/clock.ts'
import { createTestLogger } from '../../support/logger.ts'
import type { Database } from '../open-database.ts'
import type { Db } from '../tables.ts'
import { createStatementNames } from './statement-names.ts'

suite('names of statements', () => {
  const useOften = (names: ReturnType<typeof createStatementNames>, text: string) => {
    for (let use = 0; use < 5; use += 1) assert.equal(names.nameOf(text), undefined)
    return names.nameOf(text)
  }

  test('a statement has a name from its sixth use on, the same on every node', () => {
    const name = useOften(createStatementNames(), 'select 1')
    assert.match(name ?? '', /^taskr_[\w-]{43}_0$/)
    assert.equal(useOften(createStatementNames(), 'select 1'), name)
    assert.notEqual(useOften(createStatementNames(), 'select 2'), name)
  })

  test('at most 200 statements have a name, and those that have one keep it', () => {
    const names = createStatementNames()
    const first = useOften(names, 'select 0')
    for (let at = 1; at < 200; at += 1) assert.ok(useOften(names, `select ${at}`))
    assert.equal(useOften(names, 'select 200'), undefined)
    assert.equal(names.nameOf('select 0'), first)
  })

  test('texts that are used once take no name from those used often', () => {
    const names = createStatementNames()
    for (let at = 0; at < 5_000; at += 1) names.nameOf(`select ${at}`)
    assert.ok(useOften(names, 'select often'))
  })

  test('what begins and ends a transaction has no name', () => {
    for (const text of ['begin', 'commit', 'rollback', 'set local lock_timeout = 1']) {
      assert.equal(useOften(createStatementNames(), text), undefined)
    }
  })

  test('names end when they were renewed too often', () => {
    const names = createStatementNames()
    for (let time = 0; time < 1_000; time += 1) names.renew('select 1')
    assert.ok(names.nameOf('select 1'))
    names.renew('select 1')
    assert.equal(names.nameOf('select 1'), undefined)
  })
})

onEachEngine('named statements', (_open, engine) => {
  if (engine.name === 'sqlite') return

  const proxies: PoolingProxy[] = []
  afterEach(async () => {
    for (const proxy of proxies.splice(0)) await proxy.close()
  })

  const read = async (db: Db): Promise<object | undefined> => {
    const { rows } = await sql<object>`select * from things where id = ${1}`.execute(db)
    return rows[0]
  }
  const readOften = async ({ db }: Database): Promise<void> => {
    for (let time = 0; time < 6; time += 1) assert.deepEqual(await read(db), { id: 1 })
  }
  const countNamed = async ({ db }: Database): Promise<number> => {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from pg_prepared_statements where name like 'taskr%'`.execute(db)
    return rows[0]?.count ?? 0
  }
  /** Opens one connection to a database with a table of its own. */
  const openOne = async (options: Parameters<typeof engine.open>[1] = {}, through = direct) => {
    const url = await engine.createMigratedUrl()
    const other = await engine.open(url)
    await sql`create table things (id bigint primary key)`.execute(other.db)
    await sql`insert into things values (1)`.execute(other.db)
    const database = await engine.open(await through(url), { connections: 1, ...options })
    const addColumn = async (name: string): Promise<void> => {
      await sql`alter table things add column ${sql.id(name)} bigint`.execute(other.db)
    }
    return { addColumn, database }
  }
  const direct = async (url: string): Promise<string> => url
  const pooled = async (url: string): Promise<string> => {
    const proxy = await startPoolingProxy(url)
    proxies.push(proxy)
    return proxy.url
  }

  test('a statement that runs often is prepared, unless the setting says no', async () => {
    for (const [namedStatements, count] of [
      ['unless-pooled', 1],
      ['yes', 1],
      ['no', 0],
    ] as const) {
      const { database } = await openOne({ namedStatements })
      await readOften(database)
      assert.equal(await countNamed(database), count, namedStatements)
    }
  })

  test('behind a pooler no statement is prepared, unless the setting says yes', async () => {
    const logger = createTestLogger(systemClock)
    const { database } = await openOne({ logger }, pooled)
    await readOften(database)
    assert.equal(await countNamed(database), 0)
    assert.match(logger.lines.join(), /database\.pooler-found/)
    const { database: insisting } = await openOne({ namedStatements: 'yes' }, pooled)
    await readOften(insisting)
    assert.equal(await countNamed(insisting), 1)
  })

  test('a statement that a migration made outdated is prepared again', async () => {
    const { addColumn, database } = await openOne()
    await readOften(database)
    await addColumn('one')
    assert.deepEqual(await read(database.db), { id: 1, one: null })
    assert.equal(await countNamed(database), 2)
  })

  test('an outdated statement that is the first of a transaction is repeated, and later the whole transaction', async () => {
    const { addColumn, database } = await openOne()
    const transact = async (isFirst: boolean) => {
      let attempts = 0
      const row = await database.transaction(async (db) => {
        attempts += 1
        if (!isFirst) await sql`insert into things (id) values (${2})`.execute(db)
        return await read(db)
      })
      return { attempts, row }
    }
    await readOften(database)
    await addColumn('one')
    assert.deepEqual(await transact(true), { attempts: 1, row: { id: 1, one: null } })
    await addColumn('two')
    assert.deepEqual(await transact(false), { attempts: 2, row: { id: 1, one: null, two: null } })
    const { rows } = await sql`select id from things order by id`.execute(database.db)
    assert.deepEqual(rows, [{ id: 1 }, { id: 2 }])
  })

  test('a name that the server does not know ends all names, and the statement is answered', async () => {
    const { database } = await openOne()
    await readOften(database)
    await sql`deallocate all`.execute(database.db)
    await readOften(database)
    assert.equal(await countNamed(database), 0)
  })
})
