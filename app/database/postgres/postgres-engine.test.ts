import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemClock } from '../../support/clock.ts'
import { createTestLogger } from '../../support/logger.ts'
import { DatabaseError } from '../database-error.ts'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { openDatabase } from '../open-database.ts'
import { findDurabilityProblem } from './postgres-engine.ts'
import { describePostgresError } from './postgres-errors.ts'
import { readWholeNumber } from './postgres-types.ts'

test('RL-25 a server that may lose acknowledged data is distinguished from one that does not', () => {
  const on = { fsync: 'on', synchronous_commit: 'on' }
  assert.equal(findDurabilityProblem(on), undefined)
  assert.equal(findDurabilityProblem({ ...on, synchronous_commit: 'remote_apply' }), undefined)
  assert.equal(findDurabilityProblem({ ...on, fsync: 'off' }), 'fsync = off')
  for (const value of ['off', 'local', 'remote_write']) {
    const problem = findDurabilityProblem({ ...on, synchronous_commit: value })
    assert.equal(problem, `synchronous_commit = ${value}`)
  }
})

test('a whole number that JavaScript cannot represent is an error, not another number', () => {
  assert.equal(readWholeNumber('9007199254740991'), Number.MAX_SAFE_INTEGER)
  assert.throws(() => readWholeNumber('9007199254740993'), RangeError)
  assert.throws(() => readWholeNumber('1.5'), RangeError)
  assert.throws(() => readWholeNumber('NaN'), RangeError)
})

test('an unreachable server is reported in one clear line without the password', async () => {
  const logger = createTestLogger(systemClock)
  const url = 'postgres://jo:canary@127.0.0.1:1/taskr'
  await assert.rejects(openDatabase({ url, clock: systemClock, logger }), (error) => {
    assert.ok(error instanceof DatabaseError, String(error))
    assert.equal(error.code, 'unreachable')
    assert.equal(error.message, 'PostgreSQL at 127.0.0.1:1/taskr does not answer.')
    return true
  })
})

test('several addresses that all fail are reported as one failure', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  const described = describePostgresError(new AggregateError([refused, refused]), 'here')
  assert.equal(described?.code, 'unreachable')
  assert.equal(describePostgresError(new Error('something else'), 'here'), undefined)
})

onEachEngine('PostgreSQL itself', (open, engine) => {
  if (engine.name === 'sqlite') return

  test('RL-25 a server with fsync off is refused at start', async () => {
    const url = await engine.createMigratedUrl()
    const { db } = await engine.open(url)
    const { rows } = await sql<{ fsync: string }>`show fsync`.execute(db)
    const opening = engine.open(url, { unsafelySkipDurabilityCheck: false })
    if (rows[0]?.fsync === 'on') await opening
    else await assert.rejects(opening, /fsync = off: it would lose data/)
  })

  test('RL-25 a connection with synchronous_commit off is refused at start', async () => {
    const url = new URL(await engine.createMigratedUrl())
    url.searchParams.set('options', '-c synchronous_commit=off')
    const opening = engine.open(url.href, { unsafelySkipDurabilityCheck: false })
    await assert.rejects(opening, (error) => {
      return error instanceof DatabaseError && error.code === 'unsafe-settings'
    })
  })

  test('RL-25 every statement, lock and idle transaction has a time limit', async () => {
    const { db } = await open()
    const { rows } = await sql`
      select current_setting('statement_timeout') as statement,
        current_setting('lock_timeout') as lock,
        current_setting('idle_in_transaction_session_timeout') as idle`.execute(db)
    assert.deepEqual(rows, [{ statement: '8s', lock: '5s', idle: '10s' }])
  })

  test('RL-25 a transaction that PostgreSQL aborts is run again, three times at most', async () => {
    const { transaction } = await open()
    for (const code of ['40001', '40P01']) {
      let runs = 0
      const result = await transaction(async (db) => {
        runs += 1
        if (runs <= 3) await raise(code)(db)
        return 'done'
      })
      assert.deepEqual([result, runs], ['done', 4])
      runs = 0
      const failing = transaction(async (db) => {
        runs += 1
        await raise(code)(db)
      })
      await assert.rejects(failing)
      assert.equal(runs, 4)
    }
  })

  test('RL-25 other failures are not run again', async () => {
    const { transaction } = await open()
    let runs = 0
    const failing = transaction(async (db) => {
      runs += 1
      await raise('23505')(db)
    })
    await assert.rejects(failing)
    assert.equal(runs, 1)
  })

  test('RL-26 connections that the server cuts are replaced without delaying any query', async () => {
    const logger = createTestLogger(systemClock)
    const database = await engine.open(await engine.createMigratedUrl(), { logger })
    for (let round = 0; round < 10; round++) {
      const kill = sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database()`.execute(database.db)
      await assert.rejects(kill)
      await assert.doesNotReject(untilAnswered(() => sql`select 1`.execute(database.db)))
    }
    assert.doesNotMatch(logger.lines.join(''), /password/i)
  })

  test('a wrong password or a missing database is reported in one clear line', async () => {
    const url = new URL(await engine.createMigratedUrl())
    const missing = new URL(url)
    missing.pathname = '/taskr_no_such_database'
    const wrong = new URL(url)
    wrong.password = 'canary'
    for (const each of [missing, wrong]) {
      await assert.rejects(engine.open(each.href), (error) => {
        assert.ok(error instanceof DatabaseError, String(error))
        assert.equal(error.code, 'refused')
        assert.doesNotMatch(error.message, /canary|\n/)
        return true
      })
    }
  })
})

function raise(code: string) {
  return (db: Parameters<ReturnType<typeof sql>['execute']>[0]) =>
    sql`do ${sql.lit(`begin raise exception 'on purpose' using errcode = '${code}'; end`)}`.execute(
      db,
    )
}

// A connection that was cut while idle may be detected only by the next query.
async function untilAnswered(ask: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      await ask()
      return
    } catch {
      await systemClock.wait(5)
    }
  }
  throw new Error('no answer')
}
