import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Client } from '../client.ts'
import type { Database } from '../../database/open-database.ts'
import { systemClock } from '../../support/clock.ts'
import { Secret } from '../../support/secret.ts'
import {
  client,
  createTestAccounts,
  otherPassword,
  rightPassword,
  sealerForTests,
  type TestAccounts,
} from '../accounts-for-tests.ts'
import { createLimits } from '../limits/limits.ts'
import type { SignedIn } from '../sessions/start-session.ts'
import { codeAt, wrongCodeAt } from '../../../testing/in-process/factors/authenticator-app.ts'
import { sealedFactors } from './sealed-factors.ts'

const minute = 60_000
const step = 30_000

onEachEngine('a second factor', (open) => {
  test('SF-01 a right password alone starts no session when the account has a second factor', async () => {
    const { accounts, cookie, database, secret } = await withFactor(await open())
    assert.ok(cookie)
    assert.equal(await accounts.findSession(cookie), undefined, 'it is no session')
    const { length } = await database.db.selectFrom('sessions').selectAll().execute()
    assert.equal(length, 1, 'only the session that set it up')
    const finished = await accounts.finishSignIn(
      cookie,
      codeAt(secret, accounts.clock.now()),
      client,
    )
    assert.equal(finished.kind, 'signed-in')
    const events = await eventsOf(database)
    assert.deepEqual(events.slice(0, 1), ['signed-in'])
  })

  test('SF-02 a code works once, however many browsers bring it at the same time', async () => {
    const { accounts, secret, begin } = await withFactor(await open())
    const cookies = await Promise.all(Array.from({ length: 8 }, begin))
    const code = codeAt(secret, accounts.clock.now())
    const outcomes = await Promise.all(
      cookies.map((cookie) => accounts.finishSignIn(cookie, code, client)),
    )
    const kinds = outcomes.map(({ kind }) => kind).toSorted()
    assert.deepEqual(kinds, ['signed-in', ...Array<string>(7).fill('wrong-code')].toSorted())
  })

  test('SF-02 a used code, and every code before it, is refused within its window', async () => {
    const { accounts, begin, secret } = await withFactor(await open())
    const now = accounts.clock.now()
    assert.equal(
      (await accounts.finishSignIn(await begin(), codeAt(secret, now), client)).kind,
      'signed-in',
    )
    await accounts.clock.advance(1_000)
    for (const at of [now, now - step]) {
      const replay = await accounts.finishSignIn(await begin(), codeAt(secret, at), client)
      assert.equal(replay.kind, 'wrong-code', String(at - now))
    }
    await accounts.clock.advance(step)
    const next = codeAt(secret, accounts.clock.now())
    assert.equal((await accounts.finishSignIn(await begin(), next, client)).kind, 'signed-in')
  })

  test('SF-02 the code that turned two-step verification on does not log in', async () => {
    const { accounts, cookie, turnedOnWith } = await withFactor(await open(), { waits: false })
    const outcome = await accounts.finishSignIn(cookie, turnedOnWith, client)
    assert.equal(outcome.kind, 'wrong-code')
  })

  test('a code is right for half a minute before and after its time, and no longer', async () => {
    const { accounts, begin, secret } = await withFactor(await open())
    await accounts.clock.advance(10 * minute)
    const now = accounts.clock.now()
    for (const [at, kind] of [
      [now - 2 * step, 'wrong-code'],
      [now + 2 * step, 'wrong-code'],
      [now - step, 'signed-in'],
      [now + step, 'signed-in'],
    ] as const) {
      const outcome = await accounts.finishSignIn(await begin(), codeAt(secret, at), client)
      assert.equal(outcome.kind, kind, String(at - now))
    }
  })

  test('SF-03 a recovery code works once, as typed in any way, and is stored as a hash only', async () => {
    const { accounts, begin, codes, database } = await withFactor(await open())
    const [first = '', second = ''] = codes
    assert.equal(codes.length, 10)
    assert.equal(new Set(codes).size, 10)
    for (const code of codes) assert.match(code, /^(?:[0-9a-z]{6}-){3}[0-9a-z]{6}$/)
    const typed = ` ${first.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O')} `
    const cookies = [await begin(), await begin()]
    const outcomes = await Promise.all(
      cookies.map((cookie) => accounts.finishSignIn(cookie, typed, client)),
    )
    assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['signed-in', 'wrong-code'])
    assert.equal((await accounts.finishSignIn(await begin(), second, client)).kind, 'signed-in')
    const rows = await database.db.selectFrom('recovery_codes').selectAll().execute()
    assert.equal(rows.length, 8)
    const stored = JSON.stringify(rows)
    for (const code of codes) assert.ok(!stored.includes(code.replaceAll('-', '')))
    assert.deepEqual(await accounts.secondFactor.find(rows[0]?.account_id ?? never()), {
      kind: 'on',
      confirmedAt: accounts.clock.now() - minute,
      recoveryCodes: 8,
    })
  })

  test('SF-03 new recovery codes end the earlier ones', async () => {
    const { accounts, begin, codes, session } = await withFactor(await open())
    const renewed = (await accounts.secondFactor.renewCodes(session, client)) ?? []
    assert.equal(renewed.length, 10)
    const [old = ''] = codes
    const [fresh = new Secret('')] = renewed
    assert.equal((await accounts.finishSignIn(await begin(), old, client)).kind, 'wrong-code')
    assert.equal(
      (await accounts.finishSignIn(await begin(), fresh.reveal(), client)).kind,
      'signed-in',
    )
  })

  test('SF-04 wrong codes make later ones wait, for one account over all networks', async () => {
    const database = await open()
    const limits = createLimits({
      database,
      clock: systemClock,
      rules: { failuresBeforeWaiting: 5, passwordsPerMinuteAndAddress: 1_000 },
    })
    const { accounts, begin, secret } = await withFactor(database, { limits })
    const wrong = wrongCodeAt(secret, accounts.clock.now())
    const kinds: string[] = []
    for (let time = 0; time < 7; time++) {
      const from = { ...client, address: `198.51.100.${time}` }
      kinds.push((await accounts.finishSignIn(await begin(from), wrong, from)).kind)
    }
    assert.deepEqual(kinds, [...Array<string>(5).fill('wrong-code'), 'too-many', 'too-many'])
    const right = codeAt(secret, accounts.clock.now())
    const elsewhere = { ...client, address: '198.51.100.99' }
    assert.equal(
      (await accounts.finishSignIn(await begin(elsewhere), right, elsewhere)).kind,
      'too-many',
    )
    assert.equal((await eventsOf(database)).filter((kind) => kind === 'codes-refused').length, 1)
  })

  test('SF-04 wrong codes of others do not lock out a client that gave a right code before', async () => {
    const database = await open()
    const limits = createLimits({
      database,
      clock: systemClock,
      rules: { failuresBeforeWaiting: 5, passwordsPerMinuteAndAddress: 1_000 },
    })
    const { accounts, begin, secret } = await withFactor(database, { limits })
    const enter = async (): Promise<string> => {
      await accounts.clock.advance(step)
      const code = codeAt(secret, accounts.clock.now())
      return (await accounts.finishSignIn(await begin(), code, client)).kind
    }
    assert.equal(await enter(), 'signed-in')
    const wrong = wrongCodeAt(secret, accounts.clock.now())
    const stranger = { ...client, address: '198.51.100.1' }
    for (let time = 0; time < 8; time++) {
      await accounts.finishSignIn(await begin(stranger), wrong, stranger)
    }
    assert.equal(await enter(), 'signed-in')
  })

  test('SF-04 a stranger without the password can use up neither codes nor attempts', async () => {
    const { accounts, begin, secret } = await withFactor(await open())
    const code = codeAt(secret, accounts.clock.now())
    for (const cookie of ['', 'x'.repeat(43), '../../etc']) {
      assert.deepEqual(await accounts.finishSignIn(cookie, code, client), { kind: 'expired' })
    }
    const outcome = await accounts.signIn({ username: 'alice', password: otherPassword }, client)
    assert.deepEqual(outcome, { kind: 'wrong' }, 'the same as without a second factor')
    assert.equal((await accounts.finishSignIn(await begin(), code, client)).kind, 'signed-in')
  })

  test('SF-05 a log-in that waits for its code ends after ten minutes, after one use, and with the password', async () => {
    const { accounts, begin, database, secret, session } = await withFactor(await open())
    const late = await begin()
    await accounts.clock.advance(10 * minute)
    const now = () => codeAt(secret, accounts.clock.now())
    assert.deepEqual(await accounts.finishSignIn(late, now(), client), { kind: 'expired' })
    assert.equal(await accounts.findUnfinishedSignIn(late), undefined)
    const once = await begin()
    assert.equal((await accounts.finishSignIn(once, now(), client)).kind, 'signed-in')
    await accounts.clock.advance(step)
    assert.deepEqual(await accounts.finishSignIn(once, now(), client), { kind: 'expired' })
    const before = await begin()
    const change = { currentPassword: rightPassword, newPassword: otherPassword, code: now() }
    assert.equal((await accounts.changePassword(session, change, client)).kind, 'changed')
    await accounts.clock.advance(step)
    assert.deepEqual(await accounts.finishSignIn(before, now(), client), { kind: 'expired' })
    await accounts.clock.advance(10 * minute)
    await accounts.forgetExpired()
    const rows = await database.db.selectFrom('unfinished_sign_ins').selectAll().execute()
    assert.deepEqual(rows, [])
  })

  test('SF-05 an account has at most ten log-ins that wait for a code', async () => {
    const { begin, database } = await withFactor(await open())
    for (let time = 0; time < 12; time++) await begin()
    const rows = await database.db.selectFrom('unfinished_sign_ins').selectAll().execute()
    assert.equal(rows.length, 10)
  })

  test('SF-06 the password is confirmed only together with a code, each time with another one', async () => {
    const { accounts, database, secret, session } = await withFactor(await open())
    const confirm = (password: string, code?: string) =>
      accounts.confirmPassword(
        session,
        { password, ...(code === undefined ? {} : { code }) },
        client,
      )
    const code = codeAt(secret, accounts.clock.now())
    assert.equal((await confirm(rightPassword)).kind, 'wrong-code')
    assert.equal((await confirm(otherPassword, code)).kind, 'wrong')
    assert.equal(
      (await confirm(rightPassword, wrongCodeAt(secret, accounts.clock.now()))).kind,
      'wrong-code',
    )
    assert.equal((await confirm(rightPassword, code)).kind, 'confirmed')
    assert.equal((await confirm(rightPassword, code)).kind, 'wrong-code')
    assert.ok((await eventsOf(database)).includes('code-refused'))
  })

  test('SF-06 changing the password, the address and the factor, and deleting the account, each need a code', async () => {
    const { accounts, secret, session } = await withFactor(await open())
    const password = rightPassword
    const outcomes = [
      await accounts.changePassword(
        session,
        { currentPassword: password, newPassword: otherPassword },
        client,
      ),
      await accounts.changeAddress(session, { password, emailAddress: 'jo@acme.example' }, client),
      await accounts.deleteAccount(session, { password, beforeDelete: [] }, client),
      await accounts.secondFactor.turnOff(session, { password }, client),
    ]
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      Array<string>(4).fill('wrong-code'),
    )
    const code = codeAt(secret, accounts.clock.now())
    const deleted = await accounts.deleteAccount(
      session,
      { password, code, beforeDelete: [] },
      client,
    )
    assert.equal(deleted.kind, 'deleted')
  })

  test('turning two-step verification off needs password and code, and then the password alone logs in', async () => {
    const { accounts, database, secret, session } = await withFactor(await open())
    const turnOff = (password: string, code: string) =>
      accounts.secondFactor.turnOff(session, { password, code }, client)
    const code = codeAt(secret, accounts.clock.now())
    assert.equal((await turnOff(otherPassword, code)).kind, 'wrong')
    assert.equal((await turnOff(rightPassword, '')).kind, 'wrong-code')
    assert.equal((await turnOff(rightPassword, code)).kind, 'off')
    const outcome = await accounts.signIn({ username: 'alice', password: rightPassword }, client)
    assert.equal(outcome.kind, 'signed-in')
    for (const table of ['second_factors', 'recovery_codes', 'unfinished_sign_ins'] as const) {
      assert.deepEqual(await database.db.selectFrom(table).selectAll().execute(), [], table)
    }
  })

  test('turning two-step verification on ends every other session', async () => {
    const accounts = createTestAccounts(await open())
    const { session } = await accounts.add()
    const other = await accounts.signIn({ username: 'alice', password: rightPassword }, client)
    assert.ok(other.kind === 'signed-in')
    await turnOn(accounts, session)
    assert.equal(await accounts.findSession(other.cookie.reveal()), undefined)
    const { events } = await accounts.listEvents(session.accountId, { limit: 1 })
    assert.equal(events[0]?.kind, 'second-factor-on')
  })

  test('SF-07 a secret counts only after a code of it, in the session that made it, within fifteen minutes', async () => {
    const accounts = createTestAccounts(await open())
    const { session } = await accounts.add()
    const other = await accounts.signIn({ username: 'alice', password: rightPassword }, client)
    assert.ok(other.kind === 'signed-in')
    const { secondFactor } = accounts
    await secondFactor.beginSetUp(session)
    const shown = (await secondFactor.findSetUp(session))?.secret.reveal() ?? ''
    assert.equal(await secondFactor.findSetUp(other.session), undefined)
    const code = codeAt(shown, accounts.clock.now())
    assert.equal((await secondFactor.turnOn(other.session, code, client)).kind, 'expired')
    const wrong = wrongCodeAt(shown, accounts.clock.now())
    assert.equal((await secondFactor.turnOn(session, wrong, client)).kind, 'wrong-code')
    assert.equal((await secondFactor.find(session.accountId)).kind, 'off')
    await accounts.clock.advance(15 * minute)
    const late = codeAt(shown, accounts.clock.now())
    assert.equal((await secondFactor.turnOn(session, late, client)).kind, 'expired')
    await accounts.forgetExpired()
    assert.equal(await secondFactor.findSetUp(session), undefined)
    await turnOn(accounts, session)
    assert.equal(await secondFactor.beginSetUp(session), false, 'one is in force')
  })

  test('SF-07 the form that turns two-step verification on counts once when it is sent twice', async () => {
    const accounts = createTestAccounts(await open())
    const { session } = await accounts.add()
    await accounts.secondFactor.beginSetUp(session)
    const secret = (await accounts.secondFactor.findSetUp(session))?.secret.reveal() ?? ''
    const codes = [0, step].map((ahead) => codeAt(secret, accounts.clock.now() + ahead))
    const outcomes = await Promise.all(
      [...codes, ...codes].map((code) => accounts.secondFactor.turnOn(session, code, client)),
    )
    const kinds = outcomes.map(({ kind }) => kind)
    assert.equal(kinds.filter((kind) => kind === 'on').length, 1, String(kinds))
  })

  test('TK-05 a sealed secret opens in its own row only, and a factor without a key refuses every code of the app', async () => {
    const { accounts, begin, codes, database, secret } = await withFactor(await open())
    const [row] = await database.db.selectFrom('second_factors').selectAll().execute()
    assert.ok(row)
    assert.ok(!JSON.stringify(row).includes(secret))
    await accounts.add('bob')
    const moved = row.sealed_secret.replace(row.factor_id, 'another')
    await database.db.updateTable('second_factors').set({ sealed_secret: moved }).execute()
    const code = codeAt(secret, accounts.clock.now())
    assert.equal((await accounts.finishSignIn(await begin(), code, client)).kind, 'wrong-code')
    assert.match(accounts.logger.lines.join(''), /accounts\.factor-unreadable/)
    const [recovery = ''] = codes
    assert.equal((await accounts.finishSignIn(await begin(), recovery, client)).kind, 'signed-in')
  })

  test('TK-09 secrets that another key sealed are found for rotation, and replaced only when unchanged', async () => {
    const { database } = await withFactor(await open())
    const { db } = database
    const page = { after: '', limit: 10 }
    assert.deepEqual(await sealedFactors.listNotSealedWith(db, 'k1', page), [])
    const [factor] = await sealedFactors.listNotSealedWith(db, 'k2', page)
    assert.ok(factor)
    const opened = sealerForTests.open(factor.place, factor.sealed)
    assert.ok(opened, 'the place is the one it was sealed for')
    const again = factor.sealed.replace('v1.k1.', 'v1.k2.')
    assert.equal(await sealedFactors.replace(db, factor, again), true)
    assert.equal(await sealedFactors.replace(db, factor, again), false)
    assert.equal(await sealedFactors.countSealedWith(db, 'k2'), 1)
    assert.equal(await sealedFactors.countSealedWith(db, 'k1'), 0)
  })
})

type WithFactor = {
  readonly database: Database
  readonly accounts: TestAccounts
  readonly session: SignedIn['session']
  /** In base 32. */
  readonly secret: string
  readonly codes: readonly string[]
  readonly turnedOnWith: string
  /** Gives the right password in another browser; returns its secret. */
  readonly begin: (from?: Client) => Promise<string>
  /** The secret of a browser that has done so. */
  readonly cookie: string
}

/** Signs alice up and turns her second factor on, a minute ago unless told otherwise. */
async function withFactor(
  database: Database,
  { waits = true, ...options }: Parameters<typeof createTestAccounts>[1] & { waits?: boolean } = {},
): Promise<WithFactor> {
  const accounts = createTestAccounts(database, options)
  const { session } = await accounts.add()
  const on = await turnOn(accounts, session)
  if (waits) await accounts.clock.advance(minute)
  const begin = async (from = client): Promise<string> => {
    const outcome = await accounts.signIn({ username: 'alice', password: rightPassword }, from)
    assert.ok(outcome.kind === 'code-needed', outcome.kind)
    return outcome.cookie.reveal()
  }
  return { database, accounts, session, ...on, begin, cookie: await begin() }
}

async function turnOn(accounts: TestAccounts, session: SignedIn['session']) {
  await accounts.secondFactor.beginSetUp(session)
  const secret = (await accounts.secondFactor.findSetUp(session))?.secret.reveal() ?? ''
  const turnedOnWith = codeAt(secret, accounts.clock.now())
  const turned = await accounts.secondFactor.turnOn(session, turnedOnWith, client)
  assert.ok(turned.kind === 'on', turned.kind)
  return { secret, turnedOnWith, codes: turned.codes.map((code) => code.reveal()) }
}

/** Returns the kinds of the only account's events, newest first. */
async function eventsOf({ db }: Database): Promise<readonly string[]> {
  const rows = await db.selectFrom('events').select('kind').orderBy('event_id', 'desc').execute()
  return rows.map(({ kind }) => kind)
}

function never(): never {
  throw new Error('no row')
}
