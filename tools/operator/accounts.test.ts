import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { createWorld, password, type World } from '../../testing/in-process/testbed.ts'
import { turnOnTwoStep } from '../../testing/in-process/factors/two-step.ts'
import { createTestFolder } from '../../testing/test-folder.ts'
import { createTestClock } from '../../app/support/clock.ts'
import { createTestLogger } from '../../app/support/logger.ts'
import { openDatabase } from '../../app/database/open-database.ts'
import { readMigrations } from '../../app/database/migrating/migration-files.ts'
import type { Environment } from '../../app/config/config.ts'
import { runCommand } from './commands.ts'

interface Ran {
  readonly code: number
  readonly said: string
  readonly complained: string
}

async function run(environment: Environment, ...args: readonly string[]): Promise<Ran> {
  const said: string[] = []
  const complained: string[] = []
  const clock = createTestClock(Date.UTC(2026, 10, 23, 9, 41))
  const operator = {
    environment,
    clock,
    fetch: () => Promise.reject(new TypeError('no network')),
    say: (line: string) => said.push(line),
    complain: (line: string) => complained.push(line),
  }
  const code = await runCommand(operator, args)
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}

function accounts({ environment }: World, ...args: readonly string[]): Promise<Ran> {
  return run(environment, 'accounts', ...args)
}

// On SQLite, where the running Taskr holds the lock of the file.
suite('npm run taskr -- accounts, beside a running Taskr', () => {
  test('OP-10 lock ends sessions and refuses log-in at once, and unlock lets the person in again', async () => {
    await using world = await createWorld()
    await world.signedUp('jo')
    const bob = await world.signedUp('bobby')
    assert.match((await accounts(world, 'lock', 'Bobby')).said, /^Locked bobby\./)
    assert.equal((await bob.get('/settings')).status, 303)
    assert.equal((await bob.post('/login', { username: 'bobby', password })).status, 403)
    assert.match((await accounts(world, 'list')).said, /^bobby\t-\tsince .*\tlocked since/m)
    assert.match((await accounts(world, 'unlock', 'bobby')).said, /^Unlocked bobby/)
    assert.equal((await bob.post('/login', { username: 'bobby', password })).status, 303)
    const jo = await accounts(world, 'lock', 'jo')
    assert.deepEqual([jo.code, jo.said], [1, ''])
    assert.match(jo.complained, /only operator who can log in/)
  })

  test('OP-10 a printed reset link sets a new password, and a printed sign-up link lets one person in', async () => {
    await using world = await createWorld()
    await world.signedUp('jo')
    await world.restart({ TASKR_SIGN_UP: 'closed' })
    const { said } = await accounts(world, 'reset-link', 'jo')
    const newPassword = 'four quiet lamps in a row'
    const visitor = world.browser()
    const reset = await visitor.post('/password-reset', { link: linkIn(said), newPassword })
    assert.equal(reset.status, 303)
    const login = { username: 'jo', password: newPassword }
    assert.equal((await visitor.post('/login', login)).status, 303)
    const link = linkIn((await accounts(world, 'sign-up-link')).said)
    const cleo = await world.browser().post('/signup', { username: 'cleo', password, link })
    assert.equal(cleo.status, 303)
  })

  test('OP-10 the first account of a closed installation is made by a link of the command, and is its operator', async () => {
    await using world = await createWorld({ environment: { TASKR_SIGN_UP: 'closed' } })
    const link = linkIn((await accounts(world, 'sign-up-link')).said)
    const jo = world.browser()
    assert.equal((await jo.post('/signup', { username: 'jo', password, link })).status, 303)
    assert.equal((await jo.get('/operator')).status, 200)
    assert.match((await accounts(world, 'list', 'jo')).said, /^jo\t-\tsince .*\toperator$/)
  })

  test('OP-10 operators are made and unmade, and connections are listed without any secret', async () => {
    await using world = await createWorld()
    const jo = await world.connected('jo')
    await world.signedUp('bobby')
    assert.match((await accounts(world, 'make-operator', 'bobby')).said, /is an operator now/)
    assert.match((await accounts(world, 'unmake-operator', 'jo')).said, /no longer an operator/)
    assert.equal((await jo.get('/operator')).status, 404)
    assert.match((await accounts(world, 'end-sessions', 'jo')).said, /^Ended 1 session of jo\./)
    assert.match((await accounts(world, 'remove-two-step', 'jo')).said, /has no two-step/)
    const { said } = await run(world.environment, 'connections')
    assert.match(said, /^Acme Robotics\tjo\tactive\tchecked 2026-11-23$/)
  })
})

suite('npm run taskr -- accounts remove-two-step', () => {
  test('OP-10 remove-two-step lets a person in who lost the app and the recovery codes, and the log says so', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp('jo')
    const { recoveryCodes } = await turnOnTwoStep(world, jo)
    const visitor = world.browser()
    const login = { username: 'jo', password }
    assert.equal((await visitor.post('/login', login)).location, '/login/code')
    assert.equal((await accounts(world, 'remove-two-step', 'jo')).code, 0)
    const [code = ''] = recoveryCodes
    const late = await visitor.post('/login/code', { code })
    assert.equal(late.location, '/login?reason=code-expired')
    assert.equal((await visitor.post('/login', login)).location, '/')
    assert.match((await visitor.get('/events')).body, /Two-step verification turned off/)
    assert.match((await accounts(world, 'remove-two-step', 'jo')).said, /has no two-step/)
  })
})

suite('npm run taskr -- accounts', () => {
  test('an unknown account, command or argument changes nothing and ends with 1', async () => {
    await using world = await createWorld()
    await world.signedUp('jo')
    const unknown = await accounts(world, 'lock', 'zoe')
    assert.deepEqual([unknown.code, unknown.complained], [1, 'There is no account zoe.'])
    for (const args of [[], ['lock'], ['constructor'], ['toString', 'jo'], ['lock', 'jo', 'bo']]) {
      const ran = await accounts(world, ...args)
      assert.equal(ran.code, 1, args.join(' '))
      assert.match(ran.complained, /^Usage: npm run taskr/)
    }
    assert.equal((await run(world.environment, 'connections', 'all')).code, 1)
  })

  test('RL-27 a database that is missing is not made, and the tables of an older Taskr stay as they are', async () => {
    const folder = await createTestFolder('taskr-accounts-')
    const url = `file:${join(folder, 'old.db')}`
    const migrations = readMigrations().slice(0, 17)
    const clock = createTestClock()
    const old = await openDatabase({ url, clock, logger: createTestLogger(clock), migrations })
    const ran = await run({ DATABASE_URL: url }, 'accounts', 'list')
    assert.match(ran.complained, /older than this Taskr/)
    const applied = await old.db.selectFrom('migrations').select('number').execute()
    assert.equal(applied.length, 17)
    await old.close()
    const missing = await run(
      { DATABASE_URL: `file:${join(folder, 'none.db')}` },
      'accounts',
      'list',
    )
    assert.match(missing.complained, /none\.db is missing/)
    await rm(folder, { recursive: true, force: true })
  })
})

function linkIn(text: string): string {
  return /\?link=([\w-]{43})/.exec(text)?.[1] ?? ''
}
