import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Database } from '../../database/open-database.ts'
import { readMigrations } from '../../database/migrating/migration-files.ts'
import { addAccountForTests } from '../../../testing/in-process/stored-account.ts'
import { asAccountId } from '../../support/ids.ts'
import { client, createTestAccounts, rightPassword } from '../accounts-for-tests.ts'

onEachEngine('the first account of an installation', (open, engine) => {
  test('SU-06 is its operator, and later ones are not', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    await accounts.add('alice')
    await accounts.add('bob')
    assert.deepEqual(await operators(database), ['alice'])
  })

  test('SU-06 of eight first sign-ups at once, one is the operator', async () => {
    const database = await open()
    const accounts = createTestAccounts(database)
    const names = Array.from({ length: 8 }, (_, at) => `alice${at}`)
    const outcomes = await Promise.all(
      names.map((username) => accounts.signUp({ username, password: rightPassword }, client)),
    )
    assert.deepEqual([...new Set(outcomes.map(({ kind }) => kind))], ['signed-in'])
    assert.equal((await operators(database)).length, 1)
  })

  test('SU-06 an installation that had accounts before it had operators has none until one is named', async () => {
    const url = await engine.createEmptyUrl()
    const all = readMigrations()
    const before = all.slice(
      0,
      all.findIndex(({ name }) => name.endsWith('-sign-up.sql')),
    )
    const old = await engine.open(url, { migrations: before })
    await addAccountForTests(old.db, asAccountId('old'))
    await old.close()
    const database = await engine.open(url)
    await createTestAccounts(database).add('alice')
    assert.deepEqual(await operators(database), [])
  })
})

async function operators({ db }: Database): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('username')
    .where('is_operator', '=', 1)
    .execute()
  return rows.map(({ username }) => username)
}
