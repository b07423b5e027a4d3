import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { systemClock } from '../../support/clock.ts'
import { systemRandomBytes } from '../../support/random.ts'
import {
  cheapParameters,
  createTestAccounts,
  otherPassword,
  rightPassword,
  client,
} from '../accounts-for-tests.ts'
import { createArgon2id } from '../passwords/argon2id.ts'
import { createLimits } from '../limits/limits.ts'
import { createPasswords } from '../passwords/password-hasher.ts'

onEachEngine('signing up', (open) => {
  test('signing up also signs in', async () => {
    const accounts = createTestAccounts(await open())
    const outcome = await accounts.signUp(
      {
        username: ' Alice ',
        password: rightPassword,
        emailAddress: 'alice@example.com',
        timeZone: 'Europe/Berlin',
      },
      client,
    )
    assert.ok(outcome.kind === 'signed-in')
    assert.equal(outcome.session.username, 'Alice')
    assert.equal(outcome.session.timeZone, 'Europe/Berlin')
    const found = await accounts.findSession(outcome.cookie.reveal())
    assert.deepEqual(found && { ...found, sees: outcome.session.sees }, outcome.session)
    const { account } = await accounts.exportAccount(outcome.session)
    assert.equal(account.emailAddress, 'alice@example.com')
  })

  test('H-30 H-25 signing up hashes with the real parameters, and signing in afterwards works', async () => {
    const database = await open()
    const passwords = createPasswords({
      randomBytes: systemRandomBytes,
      argon2id: createArgon2id(),
    })
    const accounts = createTestAccounts(database, { passwords })
    const { session } = await accounts.add()
    await accounts.signOut(session)
    const { password_hash: hash } = await database.db
      .selectFrom('accounts')
      .select('password_hash')
      .executeTakeFirstOrThrow()
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const given = { username: 'alice', password: rightPassword }
    assert.equal((await accounts.signIn(given, client)).kind, 'signed-in')
  })

  test('an unknown time zone is accepted as UTC, and an email address is optional', async () => {
    const accounts = createTestAccounts(await open())
    const given = { username: 'alice', password: rightPassword, timeZone: 'Mars', emailAddress: '' }
    const outcome = await accounts.signUp(given, client)
    assert.ok(outcome.kind === 'signed-in')
    assert.equal(outcome.session.timeZone, 'UTC')
  })

  test('H-27 H-28 all problems are reported together, and nothing is hashed or stored', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const outcome = await accounts.signUp(
      { username: '<b>', password: 'pw', emailAddress: 'nowhere' },
      client,
    )
    assert.ok(outcome.kind === 'refused')
    assert.deepEqual(
      outcome.problems.map(({ field }) => field),
      ['username', 'password', 'emailAddress'],
    )
    assert.equal(accounts.hashes(), 0)
    assert.deepEqual(await database.db.selectFrom('accounts').selectAll().execute(), [])
  })

  test('H-06 a name that reads like an existing one is taken', async () => {
    const accounts = createTestAccounts(await open())
    await accounts.add('alice')
    const hashed = accounts.hashes()
    for (const username of ['alice', 'Alice', 'ＡＬＩＣＥ', '𝐚𝐥𝐢𝐜𝐞']) {
      const outcome = await accounts.signUp({ username, password: otherPassword }, client)
      assert.equal(outcome.kind, 'username-taken', username)
    }
    const mixed = await accounts.signUp({ username: 'аlice', password: otherPassword }, client)
    assert.equal(mixed.kind, 'refused')
    assert.equal(accounts.hashes(), hashed, 'and nothing is hashed for it')
  })

  test('H-06 only one of many simultaneous sign-ups gets a name', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        accounts.signUp({ username: 'alice', password: rightPassword }, client),
      ),
    )
    assert.equal(outcomes.filter(({ kind }) => kind === 'signed-in').length, 1)
    assert.equal(outcomes.filter(({ kind }) => kind === 'username-taken').length, 19)
    assert.equal((await database.db.selectFrom('sessions').selectAll().execute()).length, 1)
    assert.equal((await database.db.selectFrom('events').selectAll().execute()).length, 1)
  })

  test('H-31 only sixty of 200 sign-ups from one address are hashed and succeed', async () => {
    const database = await open()
    const accounts = createTestAccounts(database, {
      limits: createLimits({ database, clock: systemClock }),
    })
    const kinds: string[] = []
    for (let person = 0; person < 200; person++) {
      const given = { username: `person-${person}`, password: rightPassword }
      kinds.push((await accounts.signUp(given, client)).kind)
    }
    assert.equal(kinds.filter((kind) => kind === 'signed-in').length, 60)
    assert.equal(kinds.filter((kind) => kind === 'too-many').length, 140)
    assert.equal(accounts.hashes(), 60)
  })

  test('H-31 when too many hash at once, the others are asked to retry later and nothing is stored', async () => {
    const database = await open()
    const gate = Promise.withResolvers<void>()
    const argon2id = createArgon2id()
    const passwords = createPasswords({
      randomBytes: systemRandomBytes,
      parameters: cheapParameters,
      queue: { running: 1, waiting: 1 },
      argon2id: async (input) => {
        await gate.promise
        return await argon2id(input)
      },
    })
    const accounts = createTestAccounts(database, { passwords })
    const outcomes: string[] = []
    const signingUp = Array.from({ length: 8 }, async (_, person) => {
      const given = { username: `person-${person}`, password: rightPassword }
      const { kind } = await accounts.signUp(given, client)
      outcomes.push(kind)
      // One hashes and one waits. Once the other six are answered, the hash may finish.
      if (outcomes.length === 6) gate.resolve()
    })
    await Promise.all(signingUp)
    assert.deepEqual(outcomes, [...Array<string>(6).fill('busy'), 'signed-in', 'signed-in'])
    const rows = await database.db.selectFrom('accounts').selectAll().execute()
    assert.equal(rows.length, 2)
  })
})
