import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KyselyPlugin } from 'kysely'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import type { Database } from '../database/open-database.ts'
import {
  createTestAccounts,
  otherPassword,
  rightPassword,
  client,
  type TestAccounts,
} from './accounts-for-tests.ts'
import type { SignedIn } from './sessions/start-session.ts'

// A person's actions on an existing account.
const actions: Readonly<
  Record<string, (accounts: TestAccounts, alice: SignedIn) => Promise<unknown>>
> = {
  'sign up': (accounts) => accounts.signUp({ username: 'bob', password: rightPassword }, client),
  'sign in': (accounts) => accounts.signIn({ username: 'alice', password: rightPassword }, client),
  'sign in with a wrong password': (accounts) =>
    accounts.signIn({ username: 'alice', password: otherPassword }, client),
  'sign in with an unknown name': (accounts) =>
    accounts.signIn({ username: 'nobody', password: otherPassword }, client),
  'sign out': (accounts, { session }) => accounts.signOut(session),
  'find the session': (accounts, { cookie }) => accounts.findSession(cookie.reveal()),
  'confirm the password': (accounts, { session }) =>
    accounts.confirmPassword(session, { password: rightPassword }, client),
  'change the password': (accounts, { session }) =>
    accounts.changePassword(
      session,
      { currentPassword: rightPassword, newPassword: otherPassword },
      client,
    ),
  'change the time zone': (accounts, { session }) => accounts.changeTimeZone(session, 'Asia/Tokyo'),
  'end other sessions': (accounts, { session }) => accounts.endOtherSessions(session),
  'delete the account': (accounts, { session }) =>
    accounts.deleteAccount(session, { password: rightPassword, beforeDelete: [] }, client),
  'export the account': async (accounts, { session }) => {
    const { events } = await accounts.exportAccount(session)
    await Array.fromAsync(events)
  },
  'list events': (accounts, { session }) => accounts.listEvents(session.accountId, { limit: 10 }),
  'forget what has expired': (accounts) => accounts.forgetExpired(),
}

const fault = new Error('the database failed, on purpose')

/** Fails the query with that number, counting all queries. */
function failing(database: Database, failsAt: number): Database {
  let asked = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      asked += 1
      if (asked === failsAt) throw fault
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return {
    ...database,
    db: database.db.withPlugin(plugin),
    transaction: (work) => database.transaction((db) => work(db.withPlugin(plugin))),
  }
}

async function readTables({ db }: Database): Promise<string> {
  return JSON.stringify({
    accounts: await db.selectFrom('accounts').selectAll().orderBy('account_id').execute(),
    sessions: await db.selectFrom('sessions').selectAll().orderBy('session_id').execute(),
    events: await db.selectFrom('events').select('kind').orderBy('event_id').execute(),
  })
}

onEachEngine('a database that fails', (open) => {
  for (const [name, act] of Object.entries(actions)) {
    test(`H-34 "${name}" reports a failure at any of its queries, leaves nothing half done, and works when retried`, async () => {
      const database = await open()
      const healthy = createTestAccounts(database)
      const alice = await healthy.add('alice')
      const before = await readTables(database)
      const options = { clock: healthy.clock }
      let failures = 0
      while (
        await fails(() => act(createTestAccounts(failing(database, failures + 1), options), alice))
      ) {
        failures += 1
        if (!writesInSteps.has(name)) assert.equal(await readTables(database), before)
      }
      assert.ok(failures >= 1 && failures < 20, String(failures))
    })
  }
})

// These deliberately write several rows without a transaction; each write is complete by itself.
const writesInSteps: ReadonlySet<string> = new Set([
  'export the account',
  'forget what has expired',
])

async function fails(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return false
  } catch (error) {
    assert.equal(error, fault)
    return true
  }
}
