import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Database } from '../../database/open-database.ts'
import { systemClock } from '../../support/clock.ts'
import { asSessionId } from '../../support/ids.ts'
import { limitRules, type LimitRules } from './limit-rules.ts'
import { createLimits, type Admission } from './limits.ts'

const attempt = { usernameKey: 'alice', address: '192.0.2.1' }
const second = 1_000

const hex = (number: number): string => number.toString(16).padStart(2, '0')

function waitOf(admission: Admission): number | 'admitted' {
  return admission.kind === 'admitted' ? 'admitted' : (admission.retryAt - Date.now()) / second
}

onEachEngine('limits', (open) => {
  // The counter library reads the system clock, so the test freezes and moves that.
  async function create(
    rules: Partial<LimitRules> = {},
    on?: Database,
    exemptNetworks: readonly string[] = [],
  ): Promise<ReturnType<typeof createLimits>> {
    mock.timers.reset()
    const database = on ?? (await open())
    mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0, 1) })
    return createLimits({ database, clock: systemClock, rules, exemptNetworks })
  }
  const pass = (seconds: number): void => mock.timers.setTime(Date.now() + seconds * second)

  test('H-31 waits begin after five attempts at one account, and double up to 15 minutes', async () => {
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

  test('H-31 an attempt during a wait does not prolong the wait', async () => {
    const limits = await create({ passwordsPerMinuteAndAddress: 1_000 })
    for (let time = 0; time < 5; time++) await limits.admitPassword(attempt)
    for (let time = 0; time < 40; time++) await limits.admitPassword(attempt)
    pass(60)
    assert.equal(waitOf(await limits.admitPassword(attempt)), 'admitted')
    assert.equal(waitOf(await limits.admitPassword(attempt)), 120)
    mock.timers.reset()
  })

  test('NIST: one account allows far fewer than 100 attempts in six hours, and is never locked permanently', async () => {
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

  test('a right password clears the failures of that account only', async () => {
    const limits = await create()
    const other = { ...attempt, usernameKey: 'bob' }
    for (let time = 0; time < 6; time++) {
      await limits.admitPassword(attempt)
      await limits.admitPassword(other)
    }
    await limits.forgive(attempt)
    assert.equal(waitOf(await limits.admitPassword(attempt)), 'admitted')
    assert.equal(waitOf(await limits.admitPassword(other)), 60)
    mock.timers.reset()
  })

  test('H-31 one address can try thirty passwords a minute across all accounts', async () => {
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

  test('H-31 an IPv6 customer is limited by /64, with twice the limit for a /56 and four times for a /48', async () => {
    const limits = await create({ passwordsPerMinuteAndAddress: 2 })
    let name = 0
    const from = async (address: string) =>
      waitOf(await limits.admitPassword({ usernameKey: `name-${name++}`, address }))
    const triedUntilRefused = async (addressOf: (number: number) => string) => {
      for (let number = 0; number < 100; number++) {
        if ((await from(addressOf(number))) !== 'admitted') return number
      }
      return Infinity
    }
    assert.equal(await triedUntilRefused((number) => `2001:db8:a::${number + 1}`), 2)
    assert.equal(await triedUntilRefused((number) => `2001:db8:b:1${hex(number)}::1`), 4)
    assert.equal(await triedUntilRefused((number) => `2001:db8:c:${hex(number)}00::1`), 8)
    assert.equal(await from('2001:db8:d::1'), 'admitted')
    mock.timers.reset()
  })

  test('H-31 an address with a port or in IPv6 spelling is the same client', async () => {
    const spellings = [
      '192.0.2.9',
      '192.0.2.9:51000',
      '::ffff:192.0.2.9',
      '[::ffff:192.0.2.9]:51001',
      '::FFFF:c000:0209',
      '0:0:0:0:0:ffff:192.0.2.9',
      '64:ff9b::192.0.2.9',
      ' 192.0.2.9 ',
    ]
    const limits = await create({ passwordsPerMinuteAndAddress: spellings.length })
    for (const [name, address] of spellings.entries()) {
      const admission = await limits.admitPassword({ usernameKey: `name-${name}`, address })
      assert.equal(waitOf(admission), 'admitted')
    }
    assert.equal(
      waitOf(await limits.admitPassword({ usernameKey: 'x', address: '192.0.2.9:1' })),
      60,
    )
    mock.timers.reset()
  })

  test('H-31 all clients combined can try no more passwords than the machine can hash', async () => {
    const limits = await create({ passwordsPerMinute: 10 })
    const from = (number: number) =>
      limits.admitPassword({ usernameKey: `name-${number}`, address: `192.0.2.${number}` })
    for (let number = 0; number < 10; number++) {
      assert.equal(waitOf(await from(number)), 'admitted')
    }
    assert.equal(waitOf(await from(11)), 60)
    mock.timers.reset()
  })

  test('a flood from one IPv6 /48 shuts out neither other networks nor clients that signed in before', async () => {
    const limits = await create()
    const owner = { usernameKey: 'owner', address: '203.0.113.5' }
    assert.equal(waitOf(await limits.admitPassword(owner)), 'admitted')
    await limits.forgive(owner)
    for (let number = 0; number < 400; number++) {
      await limits.admitPassword({
        usernameKey: `name-${number}`,
        address: `2001:db8:f:${hex(number)}::1`,
      })
    }
    const stranger = { usernameKey: 'stranger', address: '198.51.100.7' }
    assert.equal(waitOf(await limits.admitPassword(stranger)), 'admitted')
    assert.equal(waitOf(await limits.admitPassword(owner)), 'admitted')
    mock.timers.reset()
  })

  test('a flood from everywhere leaves an unknown client a few attempts, and does not affect a known client', async () => {
    const limits = await create({ passwordsPerMinute: 10 })
    const owner = { usernameKey: 'owner', address: '203.0.113.5' }
    await limits.admitPassword(owner)
    await limits.forgive(owner)
    for (let number = 0; number < 100; number++) {
      await limits.admitPassword({ usernameKey: `name-${number}`, address: `10.0.${number}.1` })
    }
    const from = (address: string) => limits.admitPassword({ usernameKey: address, address })
    for (let time = 0; time < limitRules.sharePerMinuteAndNetwork; time++) {
      assert.equal(waitOf(await from(`198.51.100.${time}`)), 'admitted')
    }
    assert.equal(waitOf(await from('198.51.100.99')), 60)
    assert.deepEqual(await limits.admitPassword(owner), { kind: 'admitted', isKnown: true })
    mock.timers.reset()
  })

  test('wrong passwords from unknown clients close the account to unknown clients, not to one that signed in before', async () => {
    const limits = await create()
    const owner = { usernameKey: 'alice', address: '203.0.113.5' }
    await limits.admitPassword(owner)
    await limits.forgive(owner)
    for (let time = 0; time < 6; time++) await limits.admitPassword(attempt)
    assert.equal(waitOf(await limits.admitPassword(attempt)), 60)
    for (let time = 0; time < 5; time++) {
      assert.equal(waitOf(await limits.admitPassword(owner)), 'admitted')
    }
    assert.equal(waitOf(await limits.admitPassword(owner)), 60)
    mock.timers.reset()
  })

  test('right passwords do not count against a shared address', async () => {
    const limits = await create()
    for (let name = 0; name < 100; name++) {
      const colleague = { usernameKey: `name-${name}`, address: '192.0.2.1' }
      assert.equal(waitOf(await limits.admitPassword(colleague)), 'admitted')
      await limits.forgive(colleague)
    }
    mock.timers.reset()
  })

  test('an exempt network is not counted by address, but its attempts are counted by account', async () => {
    const limits = await create({}, undefined, ['203.0.113.0/24', '2001:db8:5::/48'])
    for (const address of ['203.0.113.77', '::ffff:203.0.113.78', '2001:db8:5:1::9']) {
      for (let name = 0; name < 65; name++) {
        const admission = await limits.admitPassword({ usernameKey: `${address}-${name}`, address })
        assert.equal(waitOf(admission), 'admitted')
        assert.equal(waitOf(await limits.admitSignUp(address)), 'admitted')
      }
      const account = { usernameKey: address, address }
      for (let time = 0; time < 5; time++) await limits.admitPassword(account)
      assert.equal(waitOf(await limits.admitPassword(account)), 60)
    }
    mock.timers.reset()
  })

  test('a session that confirms its password has its own counter', async () => {
    const limits = await create()
    for (let time = 0; time < 100; time++) await limits.admitPassword(attempt)
    const sessionId = asSessionId('a-session')
    for (let time = 0; time < 5; time++) {
      assert.equal(waitOf(await limits.admitOwnPassword(sessionId)), 'admitted')
    }
    assert.equal(waitOf(await limits.admitOwnPassword(sessionId)), 60)
    await limits.forgiveOwnPassword(sessionId)
    assert.equal(waitOf(await limits.admitOwnPassword(sessionId)), 'admitted')
    mock.timers.reset()
  })

  test('H-31 one address can sign up sixty times an hour', async () => {
    const limits = await create()
    for (let time = 0; time < limitRules.signUpsPerHourAndAddress; time++) {
      assert.equal(waitOf(await limits.admitSignUp('192.0.2.1')), 'admitted')
    }
    assert.equal(waitOf(await limits.admitSignUp('192.0.2.1')), 3_600)
    assert.equal(waitOf(await limits.admitSignUp('192.0.2.2')), 'admitted')
    mock.timers.reset()
  })

  test('H-31 two nodes on one database share their counts', async () => {
    const database = await open()
    const one = await create({}, database)
    const two = database.engine === 'sqlite' ? one : await create({}, database)
    for (let time = 0; time < 3; time++) await one.admitPassword(attempt)
    for (let time = 0; time < 2; time++) await two.admitPassword(attempt)
    assert.equal(waitOf(await one.admitPassword(attempt)), 60)
    assert.equal(waitOf(await two.admitPassword(attempt)), 60)
    mock.timers.reset()
  })

  test('counters are stored under hashes, never under a typed username', async () => {
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
