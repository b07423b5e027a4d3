import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Database } from '../../database/open-database.ts'
import { systemClock } from '../../support/clock.ts'
import { createLimits, limitRules, type Admission, type LimitRules } from './limits.ts'

const attempt = { usernameKey: 'alice', address: '192.0.2.1' }
const second = 1_000

function waitOf(admission: Admission): number | 'admitted' {
  return admission.kind === 'admitted' ? 'admitted' : (admission.retryAt - Date.now()) / second
}

onEachEngine('limits', (open) => {
  // The counters are of a library that reads the system's clock: here it stands still until it is moved.
  async function create(
    rules: Partial<LimitRules> = {},
    on?: Database,
  ): Promise<ReturnType<typeof createLimits>> {
    mock.timers.reset()
    const database = on ?? (await open())
    mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0, 1) })
    return createLimits({ database, clock: systemClock, rules })
  }
  const pass = (seconds: number): void => mock.timers.setTime(Date.now() + seconds * second)

  test('H-31 after five attempts at one account the waits begin, and double up to a quarter of an hour', async () => {
    const limits = await create()
    for (let time = 0; time < 5; time++) {
      assert.equal(waitOf(await limits.admitPassword(attempt)), 'admitted')
    }
    for (const seconds of [60, 120, 240, 480, 900, 900, 900]) {
      assert.equal(waitOf(await limits.admitPassword(attempt)), seconds)
      pass(seconds - 1)
      assert.equal(waitOf(await limits.admitPassword(attempt)), 1)
      pass(1)
      assert.equal(waitOf(await limits.admitPassword(attempt)), 'admitted')
    }
    mock.timers.reset()
  })

  test('H-31 knocking while the door is closed does not keep it closed', async () => {
    const limits = await create({ passwordsPerMinuteAndAddress: 1_000 })
    for (let time = 0; time < 5; time++) await limits.admitPassword(attempt)
    for (let time = 0; time < 40; time++) await limits.admitPassword(attempt)
    pass(60)
    assert.equal(waitOf(await limits.admitPassword(attempt)), 'admitted')
    assert.equal(waitOf(await limits.admitPassword(attempt)), 120)
    mock.timers.reset()
  })

  test('NIST: one account is tried far fewer than 100 times in six hours, and never locked for good', async () => {
    const limits = await create()
    let admitted = 0
    for (let minute = 0; minute < 6 * 60; minute++) {
      for (let time = 0; time < 3; time++) {
        if ((await limits.admitPassword(attempt)).kind === 'admitted') admitted += 1
      }
      pass(60)
    }
    assert.ok(admitted >= 20 && admitted <= 40, String(admitted))
    mock.timers.reset()
  })

  test('parallel attempts are counted one by one', async () => {
    const limits = await create()
    const admissions = await Promise.all(
      Array.from({ length: 25 }, () => limits.admitPassword(attempt)),
    )
    assert.equal(admissions.filter(({ kind }) => kind === 'admitted').length, 5)
    mock.timers.reset()
  })

  test('a right password forgets the failures, of that account only', async () => {
    const limits = await create()
    const other = { ...attempt, usernameKey: 'bob' }
    for (let time = 0; time < 6; time++) {
      await limits.admitPassword(attempt)
      await limits.admitPassword(other)
    }
    await limits.forgive('alice')
    assert.equal(waitOf(await limits.admitPassword(attempt)), 'admitted')
    assert.equal(waitOf(await limits.admitPassword(other)), 60)
    mock.timers.reset()
  })

  test('H-31 one address tries thirty passwords a minute, over all accounts', async () => {
    const limits = await create()
    const tryName = (name: number) =>
      limits.admitPassword({ usernameKey: `name-${name}`, address: attempt.address })
    for (let name = 0; name < limitRules.passwordsPerMinuteAndAddress; name++) {
      assert.equal(waitOf(await tryName(name)), 'admitted')
    }
    assert.equal(waitOf(await tryName(999)), 60)
    const elsewhere = { usernameKey: 'name-999', address: '192.0.2.2' }
    assert.equal(waitOf(await limits.admitPassword(elsewhere)), 'admitted')
    pass(60)
    assert.equal(waitOf(await tryName(999)), 'admitted')
    mock.timers.reset()
  })

  test('H-31 an IPv6 network is one address', async () => {
    const limits = await create({ passwordsPerMinuteAndAddress: 2 })
    const from = (address: string, usernameKey: string) =>
      limits.admitPassword({ usernameKey, address })
    await from('2001:db8::1', 'a')
    await from('2001:db8::2', 'b')
    assert.equal(waitOf(await from('2001:db8::3', 'c')), 60)
    mock.timers.reset()
  })

  test('H-31 everybody together tries no more passwords than the machine can hash', async () => {
    const limits = await create({ passwordsPerMinute: 10 })
    const from = (number: number) =>
      limits.admitPassword({ usernameKey: `name-${number}`, address: `192.0.2.${number}` })
    for (let number = 0; number < 10; number++) {
      assert.equal(waitOf(await from(number)), 'admitted')
    }
    assert.equal(waitOf(await from(11)), 60)
    mock.timers.reset()
  })

  test('H-31 one address signs up thirty times an hour', async () => {
    const limits = await create()
    for (let time = 0; time < limitRules.signUpsPerHourAndAddress; time++) {
      assert.equal(waitOf(await limits.admitSignUp('192.0.2.1')), 'admitted')
    }
    assert.equal(waitOf(await limits.admitSignUp('192.0.2.1')), 3_600)
    assert.equal(waitOf(await limits.admitSignUp('192.0.2.2')), 'admitted')
    mock.timers.reset()
  })

  test('H-31 two nodes on one database count together', async () => {
    const database = await open()
    const one = await create({}, database)
    const two = database.engine === 'sqlite' ? one : await create({}, database)
    for (let time = 0; time < 3; time++) await one.admitPassword(attempt)
    for (let time = 0; time < 2; time++) await two.admitPassword(attempt)
    assert.equal(waitOf(await one.admitPassword(attempt)), 60)
    assert.equal(waitOf(await two.admitPassword(attempt)), 60)
    mock.timers.reset()
  })

  test('what is counted by is stored as a hash, whatever was typed as a username', async () => {
    const database = await open()
    const limits = await create({}, database)
    const typed = `canary${'x'.repeat(5_000)}`
    await limits.admitPassword({ usernameKey: typed, address: '192.0.2.1' })
    const rows = await database.db.selectFrom('rate_limits').select('key').execute()
    for (const { key } of rows) assert.doesNotMatch(key, /canary/)
    assert.equal(rows.length > 0, database.engine === 'postgres')
    mock.timers.reset()
  })
})
