import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { systemClock } from '../../support/clock.ts'
import { createTestAccounts, otherPassword, rightPassword, client } from '../accounts-for-tests.ts'
import { createLimits } from '../limits/limits.ts'

onEachEngine('one’s own account', (open) => {
  test('H-35 H-17 a new password needs the old one, ends every other session and renews this one', async () => {
    const accounts = createTestAccounts(await open())
    const { cookie, session } = await accounts.add()
    const elsewhere = await accounts.signIn({ username: 'alice', password: rightPassword }, client)
    assert.ok(elsewhere.kind === 'signed-in')
    const outcome = await accounts.changePassword(
      session,
      { currentPassword: rightPassword, newPassword: otherPassword },
      client,
    )
    assert.ok(outcome.kind === 'changed')
    assert.notEqual(outcome.session.sessionId, session.sessionId)
    assert.equal(await accounts.findSession(cookie.reveal()), undefined)
    assert.equal(await accounts.findSession(elsewhere.cookie.reveal()), undefined)
    assert.ok(await accounts.findSession(outcome.cookie.reveal()))
    for (const [password, kind] of [
      [rightPassword, 'wrong'],
      [otherPassword, 'signed-in'],
    ] as const) {
      assert.equal((await accounts.signIn({ username: 'alice', password }, client)).kind, kind)
    }
  })

  test('H-35 H-27 a wrong old password or a bad new one changes nothing', async () => {
    const accounts = createTestAccounts(await open())
    const { cookie, session } = await accounts.add()
    const wrong = await accounts.changePassword(
      session,
      { currentPassword: otherPassword, newPassword: otherPassword },
      client,
    )
    assert.deepEqual(wrong, { kind: 'wrong' })
    const bad = await accounts.changePassword(
      session,
      { currentPassword: rightPassword, newPassword: 'alice-taskr-2026' },
      client,
    )
    assert.ok(bad.kind === 'refused')
    assert.equal(bad.problems[0]?.field, 'newPassword')
    assert.ok(await accounts.findSession(cookie.reveal()))
  })

  test('H-31 guessing the old password in settings is limited like signing in', async () => {
    const database = await open()
    const limits = createLimits({ database, clock: systemClock })
    const accounts = createTestAccounts(database, { limits })
    const { session } = await accounts.add()
    const kinds: string[] = []
    for (let time = 0; time < 6; time++) {
      kinds.push(
        (await accounts.confirmPassword(session, { password: otherPassword }, client)).kind,
      )
    }
    assert.deepEqual(kinds, [...Array<string>(5).fill('wrong'), 'too-many'])
  })

  test('one of two simultaneous password changes wins, and only its session remains', async () => {
    const accounts = createTestAccounts(await open())
    const { session } = await accounts.add()
    const change = (newPassword: string) =>
      accounts.changePassword(session, { currentPassword: rightPassword, newPassword }, client)
    const outcomes = await Promise.all([
      change('saddle harbour violin moss'),
      change('orchid lantern gravel tuba'),
    ])
    assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['changed', 'wrong'])
    assert.equal((await accounts.listSessions(session.accountId)).length, 1)
  })

  test('an unknown time zone is refused', async () => {
    const accounts = createTestAccounts(await open())
    const { session } = await accounts.add()
    const outcome = await accounts.changeTimeZone(session, 'Mars/Olympus')
    assert.ok(outcome.kind === 'refused')
    assert.equal(outcome.problems[0]?.field, 'timeZone')
  })

  test('H-35 the export holds all stored data except hashes and cookies', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const { cookie, session } = await accounts.add()
    const { account, sessions, events } = await accounts.exportAccount(session)
    const text = JSON.stringify([account, sessions, await Array.fromAsync(events)])
    for (const expected of ['alice', session.accountId, 'signed-up', 'exported', 'Test browser']) {
      assert.ok(text.includes(expected), expected)
    }
    const row = await database.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow()
    assert.ok(!text.includes(row.cookie_hash))
    assert.ok(!text.includes(cookie.reveal()))
    assert.doesNotMatch(text, /argon2|passwordHash/)
  })

  test('H-35 H-55 deleting an account deletes its sessions and audit log, and frees its name', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    // The first account is the operator, who may not leave others behind.
    const bob = await accounts.add('bob')
    const { cookie, session } = await accounts.add()
    const steps: string[] = []
    const outcome = await accounts.deleteAccount(
      session,
      {
        password: rightPassword,
        beforeDelete: [
          async (accountId) => void steps.push(`connections of ${accountId}`),
          async () => void steps.push('more'),
        ],
      },
      client,
    )
    assert.equal(outcome.kind, 'deleted')
    assert.deepEqual(steps, [`connections of ${session.accountId}`, 'more'])
    assert.equal(await accounts.findSession(cookie.reveal()), undefined)
    const { events } = await accounts.listEvents(session.accountId, { limit: 10 })
    assert.deepEqual(
      events.map(({ kind, details }) => ({ kind, details })),
      [{ kind: 'account-deleted', details: {} }],
    )
    assert.ok(await accounts.findSession(bob.cookie.reveal()), 'others stay')
    assert.equal((await accounts.add('alice')).kind, 'signed-in')
    await accounts.clock.advance(31 * 24 * 3_600_000)
    await accounts.forgetExpired()
    assert.equal((await accounts.listEvents(session.accountId, { limit: 10 })).total, 0)
    assert.notEqual((await accounts.listEvents(bob.session.accountId, { limit: 10 })).total, 0)
  })

  test('an account is not deleted when the password is wrong or an earlier step fails', async () => {
    const accounts = createTestAccounts(await open())
    const { cookie, session } = await accounts.add()
    let ran = 0
    const beforeDelete = [
      async (): Promise<void> => {
        ran += 1
        throw new Error('a connection would not end')
      },
    ]
    const wrong = await accounts.deleteAccount(
      session,
      { password: otherPassword, beforeDelete },
      client,
    )
    assert.deepEqual([wrong.kind, ran], ['wrong', 0])
    await assert.rejects(
      accounts.deleteAccount(session, { password: rightPassword, beforeDelete }, client),
      /would not end/,
    )
    assert.ok(await accounts.findSession(cookie.reveal()))
  })

  test('an account that still has a connection is not deleted', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const { cookie, session } = await accounts.add()
    await sql`insert into connections (
        account_id, connection_id, workspace_id, workspace_name, workspace_slug, workspace_member_id, scopes, status,
        sealed_access_token, created_at, updated_at, checked_at
      ) values (${session.accountId}, 'c', 'w', 'Acme', 'acme', null, '', 'active', 'sealed', 0, 0, 0)
    `.execute(database.db)
    const asked = { password: rightPassword, beforeDelete: [] }
    await assert.rejects(accounts.deleteAccount(session, asked, client), /foreign key/i)
    assert.ok(await accounts.findSession(cookie.reveal()), 'and it is complete')
  })
})
