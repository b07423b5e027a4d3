import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { createTestClock, systemClock } from '../../support/clock.ts'
import { createIds } from '../../support/ids.ts'
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

onEachEngine('signing in', (open) => {
  test('H-25 a person can log in again after logging out, with any spelling of the name', async () => {
    const accounts = createTestAccounts(await open())
    const { session } = await accounts.add('Alice')
    await accounts.signOut(session)
    for (const username of ['Alice', 'alice', ' ALICE ', 'ａｌｉｃｅ']) {
      const outcome = await accounts.signIn({ username, password: rightPassword }, client)
      assert.ok(outcome.kind === 'signed-in', username)
      assert.equal(outcome.session.accountId, session.accountId)
      assert.equal(outcome.session.username, 'Alice')
    }
  })

  test('a password that is changed while it is checked is wrong, and starts no session', async () => {
    const database = await open()
    let meanwhile: (() => Promise<unknown>) | undefined
    const accounts = createTestAccounts({
      ...database,
      transaction: async (work) => {
        const now = meanwhile
        meanwhile = undefined
        await now?.()
        return await database.transaction(work)
      },
    })
    const { session } = await accounts.add('alice')
    const change = { currentPassword: rightPassword, newPassword: otherPassword }
    meanwhile = () => accounts.changePassword(session, change, client)
    const stale = await accounts.signIn({ username: 'alice', password: rightPassword }, client)
    assert.deepEqual(stale, { kind: 'wrong' })
    assert.equal((await accounts.listSessions(session.accountId)).length, 1)
    const fresh = await accounts.signIn({ username: 'alice', password: otherPassword }, client)
    assert.equal(fresh.kind, 'signed-in')
  })

  test('H-32 an unknown name and a wrong password get the same answer at the same cost', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    await accounts.add('alice')
    const hashedBefore = accounts.hashes()
    const wrong = await accounts.signIn({ username: 'alice', password: otherPassword }, client)
    const hashesForWrong = accounts.hashes() - hashedBefore
    const unknown = await accounts.signIn({ username: 'nobody', password: otherPassword }, client)
    const hashesForUnknown = accounts.hashes() - hashedBefore - hashesForWrong
    assert.deepEqual(wrong, { kind: 'wrong' })
    assert.deepEqual(unknown, wrong)
    assert.equal(hashesForWrong, 1)
    assert.equal(hashesForUnknown, 1)
  })

  test('H-32 an unknown name and a wrong password send the same statements', async () => {
    const database = await open()
    const sent: string[] = []
    const listing: Parameters<typeof database.db.withPlugin>[0] = {
      transformQuery: ({ node }) => {
        sent.push(node.kind)
        return node
      },
      transformResult: async ({ result }) => result,
    }
    const clock = createTestClock()
    const newId = createIds(clock, systemRandomBytes)
    // None of these events trims its log.
    const ids = () => `${newId().slice(0, -2)}01`
    const accounts = createTestAccounts(
      {
        ...database,
        db: database.db.withPlugin(listing),
        transaction: (work) => database.transaction((db) => work(db.withPlugin(listing))),
      },
      { clock, ids },
    )
    const { session } = await accounts.add('alice')
    const statementsOf = async (username: string) => {
      const before = sent.length
      await accounts.signIn({ username, password: otherPassword }, client)
      return sent.slice(before)
    }
    const ofWrong = await statementsOf('alice')
    assert.ok(ofWrong.includes('InsertQueryNode'))
    assert.deepEqual(await statementsOf('nobody'), ofWrong)
    const listOwners = async () =>
      await database.db.selectFrom('events').select('account_id').distinct().execute()
    assert.equal((await listOwners()).length, 2)
    await accounts.forgetExpired()
    assert.deepEqual(await listOwners(), [{ account_id: session.accountId }])
  })

  test('H-32 the sixth attempt waits whether or not the name is known', async () => {
    const database = await open()
    const limits = createLimits({ database, clock: systemClock })
    const accounts = createTestAccounts(database, { limits })
    await accounts.add('alice')
    for (const username of ['alice', 'nobody']) {
      const kinds: string[] = []
      for (let time = 0; time < 7; time++) {
        kinds.push((await accounts.signIn({ username, password: otherPassword }, client)).kind)
      }
      assert.deepEqual(kinds, [...Array<string>(5).fill('wrong'), 'too-many', 'too-many'])
    }
  })

  test('a right password resets the count, at log-in and in settings', async () => {
    const database = await open()
    const limits = createLimits({ database, clock: systemClock })
    const accounts = createTestAccounts(database, { limits })
    const { session } = await accounts.add('alice')
    const ways = [
      (password: string) => accounts.signIn({ username: 'alice', password }, client),
      (password: string) => accounts.confirmPassword(session, { password: password }, client),
    ]
    for (const tryPassword of ways) {
      for (const password of [otherPassword, otherPassword, otherPassword, rightPassword]) {
        assert.notEqual((await tryPassword(password)).kind, 'too-many')
      }
    }
    for (const tryPassword of ways) {
      assert.equal((await tryPassword(otherPassword)).kind, 'wrong')
      assert.equal((await tryPassword(otherPassword)).kind, 'wrong')
    }
  })

  test('H-31 an attempt over the limit is not hashed, even with the right password', async () => {
    const database = await open()
    const limits = createLimits({ database, clock: systemClock })
    const accounts = createTestAccounts(database, { limits })
    await accounts.add('alice')
    for (let time = 0; time < 5; time++) {
      await accounts.signIn({ username: 'alice', password: otherPassword }, client)
    }
    const hashed = accounts.hashes()
    const given = { username: 'alice', password: rightPassword }
    const outcome = await accounts.signIn(given, client)
    assert.ok(outcome.kind === 'too-many')
    assert.ok(outcome.retryAt > accounts.clock.now())
    assert.equal(accounts.hashes(), hashed)
  })

  test('H-17 each sign-in creates a new session and a new cookie', async () => {
    const accounts = createTestAccounts(await open())
    const first = await accounts.add('alice')
    const cookies = new Set([first.cookie.reveal()])
    const sessionIds = new Set([first.session.sessionId])
    for (let time = 0; time < 5; time++) {
      const given = { username: 'alice', password: rightPassword }
      const outcome = await accounts.signIn(given, client)
      assert.ok(outcome.kind === 'signed-in')
      cookies.add(outcome.cookie.reveal())
      sessionIds.add(outcome.session.sessionId)
    }
    assert.equal(cookies.size, 6)
    assert.equal(sessionIds.size, 6)
    for (const cookie of cookies) assert.match(cookie, /^[A-Za-z0-9_-]{43}$/, '256 bits')
  })

  test('H-30 signing in replaces an outdated hash once, and the password keeps working', async () => {
    const database = await open()
    const randomBytes = systemRandomBytes
    const old = createPasswords({
      randomBytes,
      argon2id: createArgon2id(),
      parameters: { ...cheapParameters, passes: 2 },
    })
    await createTestAccounts(database, { passwords: old }).add('alice')
    const accounts = createTestAccounts(database)
    const given = { username: 'alice', password: rightPassword }
    const hashes: string[] = []
    for (let time = 0; time < 3; time++) {
      assert.equal((await accounts.signIn(given, client)).kind, 'signed-in')
      const row = await database.db
        .selectFrom('accounts')
        .select('password_hash')
        .executeTakeFirstOrThrow()
      hashes.push(row.password_hash)
    }
    assert.match(hashes[0] ?? '', /m=8,t=1,p=1/)
    assert.equal(new Set(hashes).size, 1)
    assert.equal(accounts.hashes(), 4, 'three comparisons and one new hash')
  })

  test('H-24 H-28 any malformed name or password is answered with "wrong"', async () => {
    const accounts = createTestAccounts(await open())
    await accounts.add('alice')
    for (const text of ['', ' ', '\u0000', "' or 1=1 --", '\ud83e', 'x'.repeat(90_000), '%', '_']) {
      const byName = await accounts.signIn({ username: text, password: rightPassword }, client)
      const byPassword = await accounts.signIn({ username: 'alice', password: text }, client)
      assert.deepEqual([byName.kind, byPassword.kind], ['wrong', 'wrong'], JSON.stringify(text))
    }
  })

  test('no log line contains a password, right or wrong', async () => {
    const accounts = createTestAccounts(await open())
    await accounts.add('alice')
    await accounts.signIn({ username: 'alice', password: 'canary of the wrong kind' }, client)
    await accounts.signIn({ username: 'canary-as-name', password: rightPassword }, client)
    const said = accounts.logger.lines.join('')
    assert.doesNotMatch(said, /canary|kettles|argon2/)
    assert.match(said, /accounts\.signed-up/)
    assert.match(said, /accounts\.sign-in-refused/)
  })
})
