import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Database } from '../../database/open-database.ts'
import { asAccountId, type AccountId } from '../../support/ids.ts'
import {
  client,
  createTestAccounts,
  rightPassword,
  type TestAccounts,
} from '../accounts-for-tests.ts'

const endChanges = async () => {}

onEachEngine('operators', (open) => {
  test('OP-01 a locked account has no session and starts none, until it is unlocked', async () => {
    const { accounts, jo, bob } = await start(await open())
    const cookie = bob.cookie.reveal()
    assert.ok(await accounts.findSession(cookie))
    assert.deepEqual(await lock(accounts, jo.id, bob.id), { kind: 'done' })
    assert.equal(await accounts.findSession(cookie), undefined)
    assert.deepEqual(await logIn(accounts, 'bob'), { kind: 'locked' })
    assert.deepEqual(await logIn(accounts, 'bob', 'not the password of bob'), { kind: 'wrong' })
    assert.deepEqual(await lock(accounts, jo.id, bob.id), { kind: 'unchanged' })
    assert.equal(await accounts.operating.unlock(jo.id, bob.id), true)
    assert.equal(await accounts.operating.unlock(jo.id, bob.id), false)
    assert.equal(await accounts.findSession(cookie), undefined, 'the old session stays ended')
    assert.equal((await logIn(accounts, 'bob')).kind, 'signed-in')
  })

  test('OP-01 a session that a log-in starts while its account is locked is not found', async () => {
    const database = await open()
    const { accounts, jo, bob } = await start(database)
    const entered = await Promise.all([logIn(accounts, 'bob'), lock(accounts, jo.id, bob.id)])
    const [signedIn] = entered
    if (signedIn.kind === 'signed-in') {
      assert.equal(await accounts.findSession(signedIn.cookie.reveal()), undefined)
    } else assert.equal(signedIn.kind, 'locked')
    // Whichever came first: a row of a session alone opens nothing.
    await accounts.operating.unlock(jo.id, bob.id)
    const later = await logIn(accounts, 'bob')
    assert.ok(later.kind === 'signed-in')
    await database.db
      .updateTable('accounts')
      .set({ locked_at: 1 })
      .where('account_id', '=', bob.id)
      .execute()
    assert.equal(await accounts.findSession(later.cookie.reveal()), undefined)
  })

  test('OP-02 the last operator who can log in cannot be unmade, locked, or deleted while others are here', async () => {
    const { accounts, jo, bob } = await start(await open())
    const { operating } = accounts
    assert.deepEqual(await operating.unmakeOperator(jo.id, jo.id), { kind: 'last-operator' })
    assert.deepEqual(await lock(accounts, 'command', jo.id), { kind: 'last-operator' })
    const asked = { password: rightPassword, beforeDelete: [] }
    assert.deepEqual(await accounts.deleteAccount(jo.session, asked, client), {
      kind: 'last-operator',
    })
    assert.equal(await operating.makeOperator(jo.id, bob.id), true)
    assert.deepEqual(await lock(accounts, jo.id, bob.id), { kind: 'done' })
    assert.deepEqual(
      await operating.unmakeOperator(jo.id, jo.id),
      { kind: 'last-operator' },
      'an operator who is locked out does not count',
    )
    await operating.unlock(jo.id, bob.id)
    assert.deepEqual(await operating.unmakeOperator(jo.id, jo.id), { kind: 'done' })
    assert.equal((await accounts.deleteAccount(jo.session, asked, client)).kind, 'deleted')
  })

  test('OP-02 of two operators who unmake each other at once, one stays, in each of twenty rounds', async () => {
    const { accounts, jo, bob } = await start(await open())
    const { operating } = accounts
    for (let round = 0; round < 20; round += 1) {
      await operating.makeOperator('command', jo.id)
      await operating.makeOperator('command', bob.id)
      const changes = await Promise.all([
        operating.unmakeOperator(jo.id, bob.id),
        operating.unmakeOperator(bob.id, jo.id),
      ])
      assert.deepEqual(changes.map(({ kind }) => kind).toSorted(), ['done', 'last-operator'])
      const all = await operating.list({ search: '', limit: 10 })
      assert.equal(all.filter(({ isOperator }) => isOperator).length, 1)
    }
  })

  test('the only account may be deleted, and the next one is the first of an empty installation', async () => {
    const accounts = createTestAccounts(await open())
    const { session } = await accounts.add('jo')
    const asked = { password: rightPassword, beforeDelete: [] }
    assert.equal((await accounts.deleteAccount(session, asked, client)).kind, 'deleted')
    assert.equal((await accounts.add('bob')).session.isOperator, true)
    assert.equal((await accounts.add('cleo')).session.isOperator, false)
  })

  test('OP-03 accounts are found by the beginning of a name or a verified address, page by page', async () => {
    const database = await open()
    const { accounts, bob } = await start(database)
    for (const name of ['joanna', 'jost', 'zoë']) await accounts.add(name)
    await database.db
      .updateTable('accounts')
      .set({ email_address: 'B.Ob@Acme.example', verified_email_key: 'b.ob@acme.example' })
      .where('account_id', '=', bob.id)
      .execute()
    const find = async (search: string, limit = 10, after?: AccountId) => {
      const found = await accounts.operating.list({ search, limit, after })
      return found.map(({ username }) => username)
    }
    assert.deepEqual(await find(''), ['zoë', 'jost', 'joanna', 'bob', 'jo'])
    assert.deepEqual(await find(' JOA '), ['joanna'])
    assert.deepEqual(await find('jo'), ['jo'], 'two letters must be a whole name')
    assert.deepEqual(await find('b.ob@ACME'), ['bob'])
    assert.deepEqual(await find('zoë'), ['zoë'])
    for (const nothing of ['%', '_o', "jo' or 1=1 --", 'acme', 'x'.repeat(100_000)]) {
      assert.deepEqual(await find(nothing), [], nothing.slice(0, 20))
    }
    const [first] = await accounts.operating.list({ search: '', limit: 1 })
    assert.deepEqual(await find('', 2, first?.accountId), ['jost', 'joanna'])
  })

  test('OP-04 each action is in the log of operators and in the log of the account', async () => {
    const { accounts, jo, bob } = await start(await open())
    const { operating } = accounts
    await operating.makeOperator(jo.id, bob.id)
    await operating.unmakeOperator('command', bob.id)
    await operating.endSessions(jo.id, bob.id)
    await operating.makeResetLink(bob.id)
    await lock(accounts, jo.id, bob.id)
    const events = await operating.listEvents({ limit: 10 })
    assert.deepEqual(
      events.map(({ accountName, kind, operatorName }) => [kind, operatorName, accountName]),
      [
        ['locked', 'jo', 'bob'],
        ['reset-link-made', undefined, 'bob'],
        ['sessions-ended', 'jo', 'bob'],
        ['unmade-operator', undefined, 'bob'],
        ['made-operator', 'jo', 'bob'],
      ],
    )
    const own = await accounts.listEvents(bob.id, { limit: 10 })
    assert.deepEqual(own.events.map(({ kind }) => kind).slice(0, 5), [
      'locked',
      'reset-link-made',
      'sessions-ended-by-operator',
      'unmade-operator',
      'made-operator',
    ])
    assert.deepEqual(await operating.listEvents({ limit: 10, after: events[3]?.eventId }), [
      events[4],
    ])
    await accounts.clock.advance(366 * 24 * 3_600_000)
    await accounts.forgetExpired()
    assert.deepEqual(await operating.listEvents({ limit: 10 }), [])
  })

  test('nothing can be done with an account that does not exist', async () => {
    const { accounts, jo } = await start(await open())
    const { operating } = accounts
    const none = asAccountId('none')
    assert.equal(await operating.find(none), undefined)
    assert.deepEqual(await lock(accounts, jo.id, none), { kind: 'unchanged' })
    assert.equal(await operating.makeOperator(jo.id, none), false)
    assert.deepEqual(await operating.unmakeOperator(jo.id, none), { kind: 'unchanged' })
    assert.equal(await operating.makeResetLink(none), undefined)
    assert.deepEqual(await operating.listEvents({ limit: 10 }), [])
  })
})

async function start(database: Database) {
  const accounts = createTestAccounts(database)
  const [jo, bob] = [await accounts.add('jo'), await accounts.add('bob')]
  return {
    accounts,
    jo: { ...jo, id: jo.session.accountId },
    bob: { ...bob, id: bob.session.accountId },
  }
}

function lock(accounts: TestAccounts, by: AccountId | 'command', accountId: AccountId) {
  return accounts.operating.lock({ by, accountId, endChanges })
}

function logIn(accounts: TestAccounts, username: string, password = rightPassword) {
  return accounts.signIn({ username, password }, client)
}
