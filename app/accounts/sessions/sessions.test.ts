import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { createTestClock } from '../../support/clock.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { asSessionId } from '../../support/ids.ts'
import { createTestAccounts, otherPassword, rightPassword, client } from '../accounts-for-tests.ts'
import { sessionAbsoluteMs, sessionIdleMs } from './session-lifetime.ts'

const day = 24 * 3_600_000
const alice = { username: 'alice', password: rightPassword }

onEachEngine('sessions', (open, engine) => {
  test('TK-17 no stored value works as a cookie', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const { cookie, session } = await accounts.add()
    const row = await database.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow()
    assert.equal(row.cookie_hash, sha256Base64Url(cookie.reveal()))
    for (const value of Object.values({ ...row, ...session, sees: '' })) {
      assert.equal(await accounts.findSession(String(value)), undefined)
    }
    const everything = JSON.stringify([
      row,
      await database.db.selectFrom('accounts').selectAll().execute(),
      await database.db.selectFrom('events').selectAll().execute(),
    ])
    assert.ok(!everything.includes(cookie.reveal()))
    assert.ok(!everything.includes(rightPassword))
  })

  test('a malformed session cookie finds no session', async () => {
    const accounts = createTestAccounts(await open())
    const { cookie } = await accounts.add()
    const value = cookie.reveal()
    const other = value.startsWith('A') ? 'B' : 'A'
    for (const wrong of [
      '',
      other + value.slice(1),
      value.slice(1),
      `${value}A`,
      ` ${value}`,
      `${value}\n`,
      value.toLowerCase() + '\u0000',
      "' or '1'='1",
      'x'.repeat(90_000),
    ]) {
      assert.equal(await accounts.findSession(wrong), undefined)
    }
  })

  test('H-16 a session unused for seven days ends', async () => {
    const accounts = createTestAccounts(await open())
    const { cookie } = await accounts.add()
    await accounts.clock.advance(sessionIdleMs - 1)
    assert.ok(await accounts.findSession(cookie.reveal()))
    await accounts.clock.advance(sessionIdleMs - 1)
    assert.ok(await accounts.findSession(cookie.reveal()), 'being used keeps it')
    await accounts.clock.advance(sessionIdleMs)
    assert.equal(await accounts.findSession(cookie.reveal()), undefined)
  })

  test('H-16 a session used every day ends after thirty days', async () => {
    const accounts = createTestAccounts(await open())
    const { cookie } = await accounts.add()
    for (let days = 1; days < 30; days++) {
      await accounts.clock.advance(day)
      assert.ok(await accounts.findSession(cookie.reveal()), `day ${days}`)
    }
    await accounts.clock.advance(day - 1)
    assert.ok(await accounts.findSession(cookie.reveal()))
    await accounts.clock.advance(1)
    assert.equal(await accounts.findSession(cookie.reveal()), undefined)
    assert.equal(sessionAbsoluteMs, 30 * day)
  })

  test('"last seen" is written once a minute for all sessions, and by no request', async () => {
    const accounts = createTestAccounts(await open())
    const { cookie, session } = await accounts.add()
    const lastSeen = async (): Promise<number | undefined> =>
      (await accounts.listSessions(session.accountId))[0]?.lastSeenAt
    const begun = accounts.clock.now()
    await accounts.clock.advance(59_999)
    await accounts.findSession(cookie.reveal())
    await accounts.writeLastSeen()
    assert.equal(await lastSeen(), begun)
    await accounts.clock.advance(1)
    await accounts.findSession(cookie.reveal())
    assert.equal(await lastSeen(), begun)
    await accounts.writeLastSeen()
    assert.equal(await lastSeen(), begun + 60_000)
  })

  test('RL-22 a session is found even when "last seen" cannot be written', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const { cookie } = await accounts.add()
    const failing = {
      ...database,
      db: database.db.withPlugin({
        transformQuery: ({ node }) => {
          if (node.kind === 'UpdateQueryNode') throw new Error('disk full')
          return node
        },
        transformResult: async ({ result }) => result,
      }),
    }
    const clock = createTestClock(accounts.clock.now() + 120_000)
    const readOnly = createTestAccounts(failing, { clock })
    assert.ok(await readOnly.findSession(cookie.reveal()))
    await readOnly.writeLastSeen()
    assert.match(readOnly.logger.lines.join(''), /last-seen-not-written/)
  })

  test('H-14 a session works on every node, and ends on all of them when one node signs it out', async () => {
    const url = await engine.createMigratedUrl()
    const one = await engine.open(url)
    // SQLite allows one process, so the two nodes share its database object.
    const two = engine.name === 'sqlite' ? one : await engine.open(url)
    const clock = createTestClock()
    const nodeA = createTestAccounts(one, { clock })
    const nodeB = createTestAccounts(two, { clock })
    const { cookie, session } = await nodeA.add()
    assert.equal((await nodeB.findSession(cookie.reveal()))?.sessionId, session.sessionId)
    await nodeB.signOut(session)
    assert.equal(await nodeA.findSession(cookie.reveal()), undefined)
    assert.equal(await nodeB.findSession(cookie.reveal()), undefined)
    // Signing out twice succeeds.
    await nodeA.signOut(session)
  })

  test('H-04 a session survives a restart', async () => {
    const url = await engine.createMigratedUrl()
    const clock = createTestClock()
    const before = await engine.open(url)
    const { cookie, session } = await createTestAccounts(before, { clock }).add()
    await before.close()
    const after = createTestAccounts(await engine.open(url), { clock })
    const found = await after.findSession(cookie.reveal())
    assert.deepEqual(found && { ...found, sees: session.sees }, session)
  })

  test('H-20 a cookie works as soon as it is received, 200 times out of 200', async () => {
    const accounts = createTestAccounts(await open())
    await accounts.add()
    const found = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const outcome = await accounts.signIn(alice, client)
        return outcome.kind === 'signed-in'
          ? await accounts.findSession(outcome.cookie.reveal())
          : outcome.kind === 'busy'
      }),
    )
    assert.equal(found.filter((session) => session !== undefined).length, 200)
  })

  test('H-19 a session shows the account’s current name and time zone', async () => {
    const accounts = createTestAccounts(await open())
    const { cookie, session } = await accounts.add()
    assert.equal((await accounts.changeTimeZone(session, 'Asia/Tokyo')).kind, 'changed')
    assert.equal((await accounts.findSession(cookie.reveal()))?.timeZone, 'Asia/Tokyo')
  })

  test('H-22 a person can list their sessions and end one, or all others', async () => {
    const accounts = createTestAccounts(await open())
    const first = await accounts.add()
    const others = []
    for (const userAgent of ['Phone', 'Tablet', 'Kiosk']) {
      await accounts.clock.advance(1_000)
      const outcome = await accounts.signIn(alice, { ...client, userAgent })
      assert.ok(outcome.kind === 'signed-in')
      others.push(outcome)
    }
    const { session } = first
    const list = await accounts.listSessions(session.accountId)
    const browsers = list.map(({ userAgent }) => userAgent)
    assert.deepEqual(browsers, ['Kiosk', 'Tablet', 'Phone', 'Test browser'])
    const [phone, tablet, kiosk] = others
    assert.ok(phone && tablet && kiosk)
    assert.equal(await accounts.endSession(session, phone.session.sessionId), true)
    assert.equal(await accounts.endSession(session, phone.session.sessionId), false)
    assert.equal(await accounts.findSession(phone.cookie.reveal()), undefined)
    assert.ok(await accounts.findSession(tablet.cookie.reveal()))
    assert.equal(await accounts.endOtherSessions(session), 2)
    assert.equal(await accounts.findSession(kiosk.cookie.reveal()), undefined)
    assert.ok(await accounts.findSession(first.cookie.reveal()))
    assert.equal(await accounts.endOtherSessions(session), 0)
  })

  test('an account can neither end nor see the sessions of another account', async () => {
    const accounts = createTestAccounts(await open())
    const alice = await accounts.add('alice')
    const bob = await accounts.add('bob')
    assert.equal(await accounts.endSession(bob.session, alice.session.sessionId), false)
    await accounts.endOtherSessions(bob.session)
    assert.ok(await accounts.findSession(alice.cookie.reveal()))
    const listed = await accounts.listSessions(bob.session.accountId)
    assert.deepEqual(
      listed.map(({ sessionId }) => sessionId),
      [bob.session.sessionId],
    )
  })

  test('only expired sessions are removed', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    await accounts.add()
    await accounts.clock.advance(sessionIdleMs - 1_000)
    await accounts.signIn(alice, client)
    await accounts.forgetExpired()
    const count = async (): Promise<number> =>
      (await database.db.selectFrom('sessions').select('session_id').execute()).length
    assert.equal(await count(), 2)
    await accounts.clock.advance(1_000)
    await accounts.forgetExpired()
    assert.equal(await count(), 1)
  })

  test('ASVS 7.2.4 confirming the password renews the cookie and keeps the session', async () => {
    const accounts = createTestAccounts(await open())
    const { cookie, session } = await accounts.add()
    await accounts.clock.advance(3_600_000)
    const wrong = await accounts.confirmPassword(session, { password: otherPassword }, client)
    assert.deepEqual(wrong, { kind: 'wrong' })
    assert.ok(await accounts.findSession(cookie.reveal()))
    const right = await accounts.confirmPassword(session, { password: rightPassword }, client)
    assert.ok(right.kind === 'confirmed')
    assert.equal(await accounts.findSession(cookie.reveal()), undefined)
    const renewed = await accounts.findSession(right.cookie.reveal())
    assert.deepEqual(renewed && { ...renewed, sees: session.sees }, right.session)
    assert.equal(renewed?.sessionId, session.sessionId)
    assert.equal(renewed?.confirmedAt, accounts.clock.now())
  })

  test('confirming the password does not revive an ended session', async () => {
    const accounts = createTestAccounts(await open())
    const { session } = await accounts.add()
    await accounts.signOut(session)
    const outcome = await accounts.confirmPassword(session, { password: rightPassword }, client)
    assert.equal(outcome.kind, 'wrong')
    assert.deepEqual(await accounts.listSessions(session.accountId), [])
  })

  test('an account has at most 250 sessions; another sign-in ends the one unused for longest', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const first = await accounts.add()
    await accounts.clock.advance(1_000)
    const sessions = await database.db.selectFrom('sessions').selectAll().execute()
    const [row] = sessions
    assert.ok(row)
    for (let number = 1; number < 250; number++) {
      const session_id = asSessionId(`session-${number}`)
      const last_seen_at = row.last_seen_at + number
      const values = { ...row, session_id, last_seen_at, cookie_hash: `hash-${number}` }
      await database.db.insertInto('sessions').values(values).execute()
    }
    assert.ok(await accounts.findSession(first.cookie.reveal()))
    // Finding the first session made it the most recent, so `session-1` is now the oldest.
    const given = { username: 'alice', password: rightPassword }
    assert.equal((await accounts.signIn(given, client)).kind, 'signed-in')
    const left = await database.db.selectFrom('sessions').select('session_id').execute()
    assert.equal(left.length, 250)
  })
})
