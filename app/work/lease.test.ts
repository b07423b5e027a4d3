// Tests the lease's rules with random schedules of workers and clocks, on a table of their own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql, type RawBuilder } from 'kysely'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import type { Database } from '../database/open-database.ts'
import type { Db } from '../database/tables.ts'
import { createLease, notYet, released, settle } from './lease.ts'

const lastsMs = 60_000
const longestWaitMs = 15 * 60_000
const clocksDifferByMs = 5 * 60_000
const lease = createLease({ lastsMs, longestWaitMs, dueColumn: 'due_at' })
const startMs = Date.UTC(2026, 10, 23)

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('claim' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      worker: fc.nat(7),
      dueInMs: fc.nat(longestWaitMs),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('renew' as const), worker: fc.nat(7) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(2 * lastsMs) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set clock' as const),
      byMs: fc.integer({ min: -86_400_000, max: 86_400_000 }),
    }),
  },
)

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

onEachEngine('a lease', (open) => {
  test('a lease has one holder, lets only that holder write, and expires in time however clocks are set', async () => {
    const database = await open()
    await createTable(database.db)
    const schedules = fc.array(step, { maxLength: 25 })
    await fc.assert(
      fc.asyncProperty(schedules, async (steps) => {
        await runSchedule(database, steps)
      }),
      { numRuns: 60 },
    )
  })

  test('a row that waits for another row is never due', async () => {
    const database = await open()
    await createTable(database.db)
    await sql`update jobs set due_at = ${notYet}`.execute(database.db)
    assert.equal(await claim(database.db, startMs), undefined)
    assert.equal(await claim(database.db, Date.UTC(2200, 0)), undefined)
  })

  test('a lease that was read counts as held exactly while no other worker can claim the row', async () => {
    const { db } = await open()
    await createTable(db)
    const leasedUntil = startMs + lastsMs
    await sql`update jobs set leased_until = ${leasedUntil}`.execute(db)
    for (const at of [-1e9, -clocksDifferByMs - 1, -clocksDifferByMs, 0, lastsMs - 1, lastsMs]) {
      const row = await sql`select 1 from jobs where ${lease.isFree(startMs + at)}`.execute(db)
      assert.equal(lease.isHeld({ leasedUntil }, startMs + at), row.rows.length === 0, String(at))
    }
  })

  test('when many workers claim at once, one gets the lease', async () => {
    const database = await open()
    await createTable(database.db)
    for (let round = 0; round < 20; round++) {
      const at = startMs + round * 2 * lastsMs
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(database.db, at)))
      assert.equal(claims.filter((number) => number !== undefined).length, 1)
    }
  })

  test('a transaction that lost its lease leaves nothing behind', async () => {
    const database = await open()
    await createTable(database.db)
    const slow = await claim(database.db, startMs)
    await claim(database.db, startMs + lastsMs)
    const isHeld = await settle(database, async (db) => {
      await sql`insert into jobs_done (lease_number) values (${slow})`.execute(db)
      return await finish(db, slow ?? 0, startMs)
    })
    assert.equal(isHeld, false)
    assert.deepEqual(await listDone(database.db), [])
  })
})

/** Workers hold the lease numbers they were given; the model knows only the latest one. */
async function runSchedule(database: Database, steps: readonly Step[]): Promise<void> {
  const { db } = database
  await sql`delete from jobs_done`.execute(db)
  await sql`update jobs set due_at = 0, leased_until = 0`.execute(db)
  const given: number[] = []
  const settled: number[] = []
  let now = startMs
  let latest: { readonly number: number; heldFromMs: number } | undefined
  for (const each of steps) {
    if (each.kind === 'wait') now += each.ms
    if (each.kind === 'set clock') now += each.byMs
    if (each.kind === 'claim') {
      const number = await claim(db, now)
      if (number === undefined) continue
      const sinceMs = latest === undefined ? Infinity : now - latest.heldFromMs
      assert.ok(
        sinceMs >= lastsMs || sinceMs < -clocksDifferByMs,
        `claimed again after ${sinceMs} ms`,
      )
      assert.ok(!given.includes(number), 'a number is given once')
      given.push(number)
      latest = { number, heldFromMs: now }
    }
    if (each.kind === 'renew') {
      const number = given.at(-1 - each.worker)
      if (number === undefined) continue
      const isHeld = await renew(db, number, now)
      assert.equal(isHeld, number === given.at(-1))
      if (isHeld && latest !== undefined) latest.heldFromMs = now
    }
    if (each.kind === 'settle') {
      const number = given.at(-1 - each.worker)
      if (number === undefined || settled.includes(number)) continue
      const isHeld = await settle(database, async (inside) => {
        await sql`insert into jobs_done (lease_number) values (${number})`.execute(inside)
        return await finish(inside, number, now + each.dueInMs)
      })
      assert.equal(isHeld, number === given.at(-1))
      if (!isHeld) continue
      settled.push(number)
      latest = undefined
    }
  }
  assert.deepEqual(
    await listDone(db),
    settled.toSorted((a, b) => a - b),
  )
  const dueBy = now + Math.max(lastsMs, longestWaitMs) + clocksDifferByMs
  while ((await claim(db, now)) === undefined) {
    now += lastsMs / 2
    assert.ok(now < dueBy + lastsMs, 'nothing waits for the future')
  }
}

async function createTable(db: Db): Promise<void> {
  await sql`
    create table jobs (due_at bigint, leased_until bigint, lease_number integer)`.execute(db)
  await sql`create table jobs_done (lease_number integer)`.execute(db)
  await sql`insert into jobs values (0, 0, 0)`.execute(db)
}

async function claim(db: Db, at: number): Promise<number | undefined> {
  const { leased_until: until, lease_number: number } = lease.claimed(at)
  const { rows } = await sql<{ readonly lease_number: number }>`
    update jobs set leased_until = ${until}, lease_number = ${number}
    where ${lease.isClaimable(at)} returning lease_number`.execute(db)
  return rows[0]?.lease_number
}

function renew(db: Db, number: number, at: number): Promise<boolean> {
  const { leased_until: until } = lease.renewed(at)
  return write(db, number, sql`leased_until = ${until}`)
}

function finish(db: Db, number: number, dueAt: number): Promise<boolean> {
  return write(db, number, sql`leased_until = ${released.leased_until}, due_at = ${dueAt}`)
}

async function write(db: Db, number: number, set: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql`
    update jobs set ${set} where lease_number = ${number} returning lease_number`.execute(db)
  return rows.length === 1
}

async function listDone(db: Db): Promise<readonly number[]> {
  const { rows } = await sql<{ readonly lease_number: number }>`
    select lease_number from jobs_done order by lease_number`.execute(db)
  return rows.map(({ lease_number: number }) => number)
}
