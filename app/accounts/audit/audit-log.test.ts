import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { chunksOf } from '../../database/open-database.ts'
import { createTestClock } from '../../support/clock.ts'
import { asConnectionId, asEventId, createIds } from '../../support/ids.ts'
import { systemRandomBytes } from '../../support/random.ts'
import { createTestAccounts, otherPassword, rightPassword, client } from '../accounts-for-tests.ts'

onEachEngine('the audit log of an account', (open) => {
  test('H-35 a person can read the events of their account, newest first', async () => {
    const accounts = createTestAccounts(await open())
    const { session } = await accounts.add()
    await accounts.signIn({ username: 'alice', password: otherPassword }, client)
    const again = await accounts.signIn({ username: 'alice', password: rightPassword }, client)
    assert.ok(again.kind === 'signed-in')
    await accounts.changeTimeZone(session, 'Asia/Tokyo')
    await accounts.endSession(session, again.session.sessionId)
    await accounts.confirmPassword(session, { password: otherPassword }, client)
    await accounts.confirmPassword(session, { password: rightPassword }, client)
    await accounts.exportAccount(session)
    await accounts.changePassword(
      session,
      { currentPassword: rightPassword, newPassword: otherPassword },
      client,
    )
    const last = await accounts.signIn({ username: 'alice', password: otherPassword }, client)
    assert.ok(last.kind === 'signed-in')
    await accounts.signOut(last.session)
    const { events, total } = await accounts.listEvents(session.accountId, { limit: 100 })
    assert.deepEqual(
      events.map(({ kind }) => kind),
      [
        'signed-out',
        'signed-in',
        'password-changed',
        'exported',
        'password-confirmed',
        'password-refused',
        'session-ended',
        'time-zone-changed',
        'signed-in',
        'sign-in-refused',
        'signed-up',
      ],
    )
    assert.equal(total, 11)
    assert.deepEqual(events.at(-1)?.details, {
      address: '192.0.2.7',
      browser: 'Test browser',
      role: 'operator',
    })
  })

  test('the audit log is read page by page', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const { session } = await accounts.add()
    for (let number = 1; number <= 5; number++) {
      await accounts.recordEvent(database.db, session.accountId, {
        kind: 'connected',
        connectionId: asConnectionId(`c${number}`),
        details: { workspace: 'Acme' },
      })
    }
    const first = await accounts.listEvents(session.accountId, { limit: 2 })
    const second = await accounts.listEvents(session.accountId, { limit: 2, offset: 2 })
    assert.deepEqual(
      [...first.events, ...second.events].map(({ connectionId }) => connectionId),
      ['c5', 'c4', 'c3', 'c2'],
    )
    assert.equal(first.total, 6)
  })

  test('an event written in a transaction is rolled back with it', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const { session } = await accounts.add()
    await assert.rejects(
      database.transaction(async (db) => {
        await accounts.recordEvent(db, session.accountId, { kind: 'disconnected' })
        throw new Error('changed my mind')
      }),
    )
    const { events } = await accounts.listEvents(session.accountId, { limit: 10 })
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['signed-up'],
    )
  })

  test('an account cannot read the audit log of another account', async () => {
    const accounts = createTestAccounts(await open())
    await accounts.add('alice')
    const bob = await accounts.add('bob')
    const { total } = await accounts.listEvents(bob.session.accountId, { limit: 10 })
    assert.equal(total, 1)
  })

  test('an audit log keeps the newest 10,000 events, and is trimmed with one event in 256', async () => {
    const database = await open()
    const clock = createTestClock()
    const newId = createIds(clock, systemRandomBytes)
    let ending = '01'
    const ids = () => newId().slice(0, -2) + ending
    const accounts = createTestAccounts(database, { clock, ids })
    const { session } = await accounts.add()
    await database.transaction(async (db) => {
      const { accountId } = session
      const event = { account_id: accountId, kind: 'signed-in', at: 0, connection_id: null }
      const earlier = Array.from({ length: 10_000 }, (_, number) => ({
        ...event,
        event_id: asEventId(`00000000-${String(number).padStart(5, '0')}`),
        details: '{}',
      }))
      for (const some of chunksOf(earlier)) {
        await db
          .insertInto('events')
          .values([...some])
          .execute()
      }
    })
    // Any other event reads nothing of the log, so its time does not tell how long the log is.
    await accounts.changeTimeZone(session, 'Asia/Tokyo')
    const before = await accounts.listEvents(session.accountId, { limit: 1 })
    assert.equal(before.total, 10_002)
    ending = '00'
    await accounts.changeTimeZone(session, 'Asia/Seoul')
    const { events, total } = await accounts.listEvents(session.accountId, { limit: 3 })
    assert.equal(total, 10_000)
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['time-zone-changed', 'time-zone-changed', 'signed-up'],
    )
  })
})
