import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import {
  anotherKey,
  createAuthenticator,
  type Authenticator,
  type Lies,
} from '../../../testing/in-process/factors/software-authenticator.ts'
import type { Database } from '../../database/open-database.ts'
import {
  client,
  createTestAccounts,
  rightPassword,
  type TestAccounts,
} from '../accounts-for-tests.ts'
import type { Session } from '../sessions/session.ts'
import type { Ceremonies } from './passkeys.ts'
import { relyingPartyOf } from './relying-party.ts'

const minute = 60_000
const origin = 'https://taskr.example'
const relyingParty = relyingPartyOf(new URL(origin))

onEachEngine('passkeys', (open) => {
  test('PK-01 a passkey logs in without a username and a password', async () => {
    const { accounts, authenticator, ceremonies, database, session } = await withPasskey(
      await open(),
    )
    const outcome = await signIn(ceremonies, authenticator)
    assert.ok(outcome.kind === 'signed-in')
    assert.equal(outcome.session.accountId, session.accountId)
    assert.ok(await accounts.findSession(outcome.cookie.reveal()))
    const [event] = (await accounts.listEvents(session.accountId, { limit: 1 })).events
    assert.equal(event?.kind, 'signed-in')
    assert.equal(event.details['by'], 'passkey')
    const [listed] = await accounts.passkeys.list(session.accountId)
    assert.deepEqual(listed, {
      passkeyId: listed?.passkeyId,
      name: 'my laptop',
      isSynced: true,
      createdAt: accounts.clock.now(),
      lastUsedAt: accounts.clock.now(),
    })
    assert.doesNotMatch(JSON.stringify(await accounts.exportAccount(session)), /public_?key/i)
    assert.equal(
      (await database.db.selectFrom('passkey_challenges').selectAll().execute()).length,
      0,
    )
  })

  test('PK-01 a passkey counts as both factors', async () => {
    const { accounts, authenticator, ceremonies, session } = await withPasskey(await open())
    await accounts.secondFactor.beginSetUp(session)
    assert.equal((await signIn(ceremonies, authenticator)).kind, 'signed-in')
  })

  const attacks: Readonly<Record<string, Lies>> = {
    'a signature by another key': { key: anotherKey() },
    'a page of another origin': { origin: 'https://taskr.example.evil.example' },
    'a passkey of another host': { host: 'evil.example' },
    'an authenticator that did not verify its person': { isVerified: false },
    'an authenticator whose person was absent': { isPresent: false },
    'another challenge': { challenge: Buffer.alloc(32).toString('base64url') },
    'a response to a creation': { type: 'webauthn.create' },
    "another account's user handle": { userHandle: Buffer.from('another').toString('base64url') },
    'no user handle': { userHandle: '' },
    'an unknown credential': { credentialId: Buffer.alloc(32).toString('base64url') },
  }
  for (const [what, lies] of Object.entries(attacks)) {
    test(`PK-02 ${what} does not log in`, async () => {
      const { authenticator, ceremonies, database } = await withPasskey(await open())
      assert.deepEqual(await signIn(ceremonies, authenticator, lies), { kind: 'refused' })
      const sessions = await database.db.selectFrom('sessions').selectAll().execute()
      assert.equal(sessions.length, 1)
      assert.equal((await signIn(ceremonies, authenticator)).kind, 'signed-in')
    })
  }

  test('PK-02 no response of any other shape logs in', async () => {
    const { authenticator, ceremonies } = await withPasskey(await open())
    const asked = await ask(ceremonies)
    const good = authenticator.sign(asked.options)
    for (const response of [
      '',
      'null',
      '[]',
      '{}',
      good.slice(0, -1),
      good.replace('public-key', 'password'),
      good.replace(/"signature":"[^"]*"/, '"signature":""'),
      good.replace(/"signature":"[^"]*"/, `"signature":"${'A'.repeat(5_000)}"`),
      good.replace(/"authenticatorData":"[^"]*"/, '"authenticatorData":"AAAA"'),
      good.replace(/"clientDataJSON":"[^"]*"/, '"clientDataJSON":"bm90IEpTT04"'),
    ]) {
      const { cookie } = await ask(ceremonies)
      const outcome = await ceremonies.signIn({ response, cookie: cookie.reveal() }, client)
      assert.deepEqual(outcome, { kind: 'refused' }, response.slice(0, 60))
    }
  })

  test('PK-03 a challenge counts once, however many requests answer it at the same time', async () => {
    const { authenticator, ceremonies } = await withPasskey(await open())
    const { cookie, options } = await ask(ceremonies)
    const given = { response: authenticator.sign(options), cookie: cookie.reveal() }
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => ceremonies.signIn(given, client)),
    )
    const kinds = outcomes.map(({ kind }) => kind).toSorted()
    assert.deepEqual(kinds, [...Array<string>(5).fill('expired'), 'signed-in'])
  })

  test('PK-03 a challenge counts in the browser that asked, for its purpose, within five minutes', async () => {
    const { accounts, authenticator, ceremonies, session } = await withPasskey(await open())
    const { cookie, options } = await ask(ceremonies)
    const response = authenticator.sign(options)
    const { cookie: anothers } = await ask(ceremonies)
    const elsewhere = await ceremonies.signIn({ response, cookie: anothers.reveal() }, client)
    assert.deepEqual(elsewhere, { kind: 'refused' })
    assert.deepEqual(await ceremonies.signIn({ response, cookie: '' }, client), { kind: 'expired' })
    const given = { response, cookie: cookie.reveal() }
    assert.deepEqual(await ceremonies.confirm(session, given, client), { kind: 'expired' })
    await accounts.clock.advance(5 * minute)
    assert.deepEqual(await ceremonies.signIn(given, client), { kind: 'expired' })
    await accounts.forgetExpired()
  })

  test('PK-03 a challenge for a new passkey confirms nothing', async () => {
    const { authenticator, ceremonies, session } = await withPasskey(await open())
    const asked = await ceremonies.askForPasskey(session)
    assert.ok(asked.kind === 'asked')
    const { challenge, rp } = asked.options
    const response = authenticator.sign({ challenge, rpId: rp.id })
    const given = { response, cookie: asked.cookie.reveal() }
    assert.deepEqual(await ceremonies.confirm(session, given, client), { kind: 'expired' })
  })

  test('PK-03 challenges that expired are forgotten', async () => {
    const { accounts, ceremonies, database } = await withPasskey(await open())
    await ask(ceremonies)
    await accounts.clock.advance(5 * minute)
    await accounts.forgetExpired()
    assert.deepEqual(await database.db.selectFrom('passkey_challenges').selectAll().execute(), [])
  })

  test('PK-04 a passkey whose counter does not grow is refused, and its owner is told', async () => {
    const made = await withPasskey(await open(), { counts: true })
    const { accounts, authenticator, ceremonies, session } = made
    assert.equal((await signIn(ceremonies, authenticator, { counter: 7 })).kind, 'signed-in')
    for (const counter of [7, 6, 0]) {
      assert.deepEqual(await signIn(ceremonies, authenticator, { counter }), { kind: 'refused' })
    }
    const { events } = await accounts.listEvents(session.accountId, { limit: 3 })
    assert.deepEqual(
      events.map(({ kind }) => kind),
      Array<string>(3).fill('passkey-copied'),
    )
    assert.equal(events[0]?.details['passkey'], 'my laptop')
    assert.equal((await signIn(ceremonies, authenticator, { counter: 8 })).kind, 'signed-in')
  })

  test('PK-04 a stranger without the key cannot make a passkey look copied', async () => {
    const made = await withPasskey(await open(), { counts: true })
    const { accounts, authenticator, ceremonies, session } = made
    assert.equal((await signIn(ceremonies, authenticator, { counter: 7 })).kind, 'signed-in')
    await signIn(ceremonies, authenticator, { counter: 1, key: anotherKey() })
    const { events } = await accounts.listEvents(session.accountId, { limit: 10 })
    assert.ok(events.every(({ kind }) => kind !== 'passkey-copied'))
  })

  test('PK-05 a passkey is added only by its own session, verified, and once', async () => {
    const { accounts, authenticator, ceremonies, session } = await withPasskey(await open())
    const other = await accounts.signIn({ username: 'alice', password: rightPassword }, client)
    assert.ok(other.kind === 'signed-in')
    const add = async (lies: Lies = {}, asker: Session = session, giver: Session = asker) => {
      const asked = await ceremonies.askForPasskey(asker)
      assert.ok(asked.kind === 'asked')
      const response = createAuthenticator(origin).create(asked.options, lies)
      const given = { response, cookie: asked.cookie.reveal(), name: '' }
      return (await ceremonies.add(giver, given, client)).kind
    }
    assert.equal(await add({}, session, other.session), 'expired')
    for (const lies of [
      { isVerified: false },
      { origin: 'https://evil.example' },
      { host: 'evil.example' },
      { challenge: 'AAAA' },
      { type: 'webauthn.get' },
    ]) {
      assert.equal(await add(lies), 'refused', JSON.stringify(lies))
    }
    assert.equal(await add(), 'added')
    const again = await ceremonies.askForPasskey(session)
    assert.ok(again.kind === 'asked')
    assert.equal(again.options.excludeCredentials?.length, 2)
    const response = authenticator.create(again.options)
    const given = { response, cookie: again.cookie.reveal(), name: 'twice' }
    assert.equal((await ceremonies.add(session, given, client)).kind, 'refused')
    const names = (await accounts.passkeys.list(session.accountId)).map(({ name }) => name)
    assert.deepEqual(names, ['my laptop', 'Test browser'])
  })

  test('PK-05 an account has at most twenty passkeys', async () => {
    const { ceremonies, session } = await withPasskey(await open())
    for (let number = 1; number < 20; number++) await add(ceremonies, session, `number ${number}`)
    assert.deepEqual(await ceremonies.askForPasskey(session), { kind: 'too-many-passkeys' })
  })

  test('PK-06 a removed passkey no longer logs in, and only its owner can remove or rename it', async () => {
    const { accounts, authenticator, ceremonies, session } = await withPasskey(await open())
    const { session: stranger } = await accounts.add('bob')
    const [{ passkeyId } = never()] = await accounts.passkeys.list(session.accountId)
    assert.equal(await accounts.passkeys.remove(stranger, passkeyId, client), undefined)
    assert.equal(await accounts.passkeys.rename(stranger, { passkeyId, name: 'mine' }), 'not-found')
    assert.equal(
      await accounts.passkeys.rename(session, { passkeyId, name: ' \u200b ' }),
      'no-name',
    )
    assert.equal(
      await accounts.passkeys.rename(session, { passkeyId, name: ' phone\n ' }),
      'renamed',
    )
    assert.equal((await signIn(ceremonies, authenticator)).kind, 'signed-in')
    assert.equal(await accounts.passkeys.remove(session, passkeyId, client), 'phone')
    assert.equal(await accounts.passkeys.remove(session, passkeyId, client), undefined)
    assert.deepEqual(await signIn(ceremonies, authenticator), { kind: 'refused' })
  })

  test("PK-07 a passkey confirms its own account's session, and no other", async () => {
    const { accounts, authenticator, ceremonies, session } = await withPasskey(await open())
    const { session: stranger } = await accounts.add('bob')
    await accounts.clock.advance(20 * minute)
    const confirm = async (asker: Session) => {
      const asked = await ceremonies.askForConfirmation(asker, client)
      assert.ok(asked.kind === 'asked')
      const given = { response: authenticator.sign(asked.options), cookie: asked.cookie.reveal() }
      return await ceremonies.confirm(asker, given, client)
    }
    assert.deepEqual(await confirm(stranger), { kind: 'refused' })
    const confirmed = await confirm(session)
    assert.ok(confirmed.kind === 'confirmed')
    assert.equal(confirmed.session.confirmedAt, accounts.clock.now())
    const found = await accounts.findSession(confirmed.cookie.reveal())
    assert.equal(found?.sessionId, session.sessionId)
  })

  test('OP-01 a passkey of a locked account logs in to nothing, until it is unlocked', async () => {
    const { accounts, authenticator, ceremonies, database, session } = await withPasskey(
      await open(),
    )
    const setLocked = (lockedAt: number | null) =>
      database.db
        .updateTable('accounts')
        .set({ locked_at: lockedAt })
        .where('account_id', '=', session.accountId)
        .execute()
    await setLocked(1)
    assert.deepEqual(await signIn(ceremonies, authenticator), { kind: 'locked' })
    assert.deepEqual(await signIn(ceremonies, authenticator, { key: anotherKey() }), {
      kind: 'refused',
    })
    await setLocked(null)
    const entered = await signIn(ceremonies, authenticator)
    assert.ok(entered.kind === 'signed-in')
    assert.equal(entered.session.accountId, session.accountId)
    assert.equal((await accounts.listSessions(session.accountId)).length, 2)
  })

  test('deleting the account removes its passkeys', async () => {
    const { accounts, authenticator, ceremonies, database, session } = await withPasskey(
      await open(),
    )
    await ceremonies.askForPasskey(session)
    await accounts.deleteAccount(session, { password: rightPassword, beforeDelete: [] }, client)
    for (const table of ['passkeys', 'passkey_challenges'] as const) {
      assert.deepEqual(await database.db.selectFrom(table).selectAll().execute(), [], table)
    }
    assert.deepEqual(await signIn(ceremonies, authenticator), { kind: 'refused' })
  })

  test('a Taskr at an IP address has no passkeys', async () => {
    for (const address of ['http://127.0.0.1:3050', 'http://[::1]:3050']) {
      assert.equal(relyingPartyOf(new URL(address)), undefined)
    }
    assert.equal(createTestAccounts(await open()).passkeys.ceremonies, undefined)
  })
})

type WithPasskey = {
  readonly database: Database
  readonly accounts: TestAccounts
  readonly ceremonies: Ceremonies
  readonly authenticator: Authenticator
  readonly session: Session
}

/** Signs alice up and adds the passkey "my laptop". */
async function withPasskey(database: Database, options = {}): Promise<WithPasskey> {
  const accounts = createTestAccounts(database, { relyingParty })
  const { ceremonies } = accounts.passkeys
  assert.ok(ceremonies)
  const { session } = await accounts.add()
  const authenticator = await add(ceremonies, session, 'my laptop', options)
  return { database, accounts, ceremonies, authenticator, session }
}

async function add(
  ceremonies: Ceremonies,
  session: Session,
  name: string,
  options = {},
): Promise<Authenticator> {
  const authenticator = createAuthenticator(origin, options)
  const asked = await ceremonies.askForPasskey(session)
  assert.ok(asked.kind === 'asked')
  const given = {
    response: authenticator.create(asked.options),
    cookie: asked.cookie.reveal(),
    name,
  }
  assert.deepEqual(await ceremonies.add(session, given, client), { kind: 'added', name })
  return authenticator
}

async function ask(ceremonies: Ceremonies) {
  const asked = await ceremonies.askForSignIn(client)
  assert.ok(asked.kind === 'asked')
  return asked
}

async function signIn(ceremonies: Ceremonies, authenticator: Authenticator, lies: Lies = {}) {
  const { cookie, options } = await ask(ceremonies)
  const given = { response: authenticator.sign(options, lies), cookie: cookie.reveal() }
  return await ceremonies.signIn(given, client)
}

function never(): never {
  throw new Error('no passkey')
}
