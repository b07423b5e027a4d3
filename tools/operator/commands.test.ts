import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { suite, test } from 'node:test'
import { createTestFolder } from '../../testing/test-folder.ts'
import { createWorld, password, type World } from '../../testing/in-process/testbed.ts'
import type { Environment } from '../../app/config/config.ts'
import { createTestClock } from '../../app/support/clock.ts'
import { runCommand } from './commands.ts'

interface Ran {
  readonly code: number
  readonly said: string
  readonly complained: string
}

async function run(
  environment: Environment,
  args: readonly string[],
  fetch: typeof globalThis.fetch = () => Promise.reject(new TypeError('no network')),
): Promise<Ran> {
  const said: string[] = []
  const complained: string[] = []
  const clock = createTestClock(Date.UTC(2026, 10, 23, 9, 41))
  const code = await runCommand(
    {
      environment,
      clock,
      fetch,
      say: (line) => said.push(line),
      complain: (line) => complained.push(line),
    },
    args,
  )
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}

async function inFolder(play: (folder: string) => Promise<void>): Promise<void> {
  const folder = await createTestFolder('taskr-operator-')
  try {
    await play(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts a Taskr on the same data as another one, which is stopped. */
function startAgain(world: World): Promise<World> {
  const { DATABASE_URL = '', TASKR_KEYS = '' } = world.environment
  return createWorld({ databaseUrl: DATABASE_URL, environment: { TASKR_KEYS } })
}

suite('npm run taskr', () => {
  test('a backup made while Taskr runs brings back what was there, and ends every session', () =>
    inFolder(async (folder) => {
      const databaseUrl = `file:${join(folder, 'taskr.db')}`
      const backup = join(folder, 'backups', 'monday.db')
      await mkdir(dirname(backup))
      const world = await createWorld({ databaseUrl })
      const jo = await world.connected()
      const before = await jo.get('/')
      assert.match(before.body, /Send Initech the revised quote/)
      const made = await run(world.environment, ['backup', backup])
      assert.equal(made.code, 0, made.complained)
      assert.equal((await stat(backup)).mode & 0o777, 0o600)
      assert.deepEqual(await readdir(dirname(backup)), ['monday.db'])

      await world.signedUp('later')
      const inUse = await run(world.environment, ['restore', backup])
      assert.deepEqual([inUse.code, inUse.said], [1, ''])
      assert.match(inUse.complained, /Another Taskr is running/)

      await world.close()
      const restored = await run(world.environment, ['restore', backup])
      assert.equal(restored.code, 0, restored.complained)
      assert.match(restored.said, /former database is now .*taskr\.db\.before-restore/)
      assert.match(restored.said, /Ended 1 session:/)
      assert.match(restored.said, /No change was waiting/)

      await using again = await startAgain(world)
      assert.equal(
        (await again.browser().post('/login', { username: 'later', password })).status,
        401,
      )
      const back = again.browser()
      back.cookies.set('taskr_session', jo.cookies.get('taskr_session') ?? '')
      assert.equal((await back.get('/connections')).status, 303)
      assert.equal((await back.post('/login', { username: 'jo', password })).status, 303)
      assert.match((await back.get('/')).body, /Send Initech the revised quote/)
    }))

  test('a damaged, foreign, empty or missing backup is refused, and the database stays', () =>
    inFolder(async (folder) => {
      const databaseUrl = `file:${join(folder, 'taskr.db')}`
      const environment = { DATABASE_URL: databaseUrl }
      assert.match((await run(environment, ['migrate'])).said, /^Ran 0001-/)
      const backup = join(folder, 'backup.db')
      assert.equal((await run(environment, ['backup', backup])).code, 0)
      const names = ['none.db', 'empty.db', 'text.db', 'cut.db']
      await writeFile(join(folder, 'empty.db'), '')
      await writeFile(join(folder, 'text.db'), 'minutes of the meeting, '.repeat(1_000))
      await writeFile(join(folder, 'cut.db'), (await readFile(backup)).subarray(0, 12_288))
      for (const name of names) {
        const { code, said, complained } = await run(environment, ['restore', join(folder, name)])
        assert.deepEqual([code, said], [1, ''], name)
        assert.match(complained, /missing or empty|not a backup|damaged|not a sound/, name)
      }
      assert.equal((await run(environment, ['migrate'])).said, 'The tables are up to date.')
      assert.ok(!(await readdir(folder)).some((name) => /part$|before-restore/.test(name)))
    }))

  test('a backup never replaces a file, and leaves nothing behind when it fails', () =>
    inFolder(async (folder) => {
      const environment = { DATABASE_URL: `file:${join(folder, 'taskr.db')}` }
      await run(environment, ['migrate'])
      const target = join(folder, 'kept.txt')
      await writeFile(target, 'kept')
      assert.match((await run(environment, ['backup', target])).complained, /is there already/)
      const nowhere = await run(environment, ['backup', join(folder, 'no', 'such', 'folder.db')])
      assert.match(nowhere.complained, /ENOENT|cannot be written/)
      const absent = { DATABASE_URL: `file:${join(folder, 'absent.db')}` }
      assert.equal((await run(absent, ['backup', join(folder, 'absent-backup.db')])).code, 1)
      assert.ok(!(await readdir(folder)).some((name) => /part$|absent/.test(name)))
    }))

  test('for PostgreSQL, backup and restore name its own tools without the address', async () => {
    const environment = { DATABASE_URL: 'postgres://jo:hunter2@db.example/taskr' }
    const dump = await run(environment, ['backup', 'a.dump'])
    const restore = await run(environment, ['restore', 'a.dump'])
    assert.match(dump.complained, /pg_dump/)
    assert.match(restore.complained, /pg_restore/)
    assert.doesNotMatch(dump.complained + restore.complained, /hunter2|db\.example/)
  })

  test('an unknown command, a missing file and a surplus word print the usage', async () => {
    for (const args of [[], ['rotate'], ['backup'], ['migrate', 'now'], ['backup', 'a', 'b']]) {
      const { code, complained } = await run({}, args)
      assert.equal(code, 1)
      assert.match(complained, /^Usage: npm run taskr/)
    }
    const { complained } = await run({ NODE_ENV: 'production' }, ['backup', 'a.db'])
    assert.match(complained, /^DATABASE_URL is missing/)
  })
})

suite('npm run taskr -- doctor', () => {
  /** Answers as Attio does, `aheadMs` ahead of the doctor's clock, and as Taskr's own address with a status. */
  const network =
    ({ aheadMs = 0, status = 200 } = {}): typeof globalThis.fetch =>
    async (input) =>
      new Request(input).url.endsWith('/readyz')
        ? new Response('', { status })
        : new Response('{}', {
            status: 401,
            headers: {
              date: new Date(Date.UTC(2026, 10, 23, 9, 41) + aheadMs).toUTCString(),
            },
          })

  test('a running Taskr has nothing to mend', async () => {
    await using world = await createWorld()
    const { code, said } = await run(world.environment, ['doctor'], network())
    assert.equal(code, 0, said)
    assert.deepEqual(
      said.split('\n').map((line) => line.split(':')[0]?.trim()),
      [
        'ok      settings',
        'ok      database',
        'ok      keys',
        'ok      Attio',
        'ok      clock',
        'ok      PUBLIC_URL',
        'ok      webhooks',
      ],
    )
  })

  test('another key ring, a clock that is off, and a proxy that fails are problems', async () => {
    await using world = await createWorld()
    const environment = {
      ...world.environment,
      TASKR_KEYS: `k9:${randomBytes(32).toString('base64url')}`,
    }
    const { code, said } = await run(
      environment,
      ['doctor'],
      network({ aheadMs: 300_000, status: 502 }),
    )
    assert.equal(code, 1)
    assert.match(said, /PROBLEM keys: TASKR_KEYS lacks the key k1/)
    assert.match(said, /PROBLEM clock: 300 s behind/)
    assert.match(said, /PROBLEM PUBLIC_URL: .* answers 502/)
    assert.doesNotMatch(said, new RegExp(world.environment['ATTIO_CLIENT_SECRET'] ?? '-'))
  })

  test('a database that is missing, unreadable or from a newer version is told apart', () =>
    inFolder(async (folder) => {
      await using world = await createWorld()
      const doctor = async (databaseUrl: string): Promise<string> =>
        (await run({ ...world.environment, DATABASE_URL: databaseUrl }, ['doctor'], network())).said
      assert.match(await doctor(`file:${join(folder, 'none.db')}`), /note +database: has no tables/)
      await writeFile(join(folder, 'text.db'), 'minutes of the meeting')
      assert.match(
        await doctor(`file:${join(folder, 'text.db')}`),
        /PROBLEM database: cannot be read/,
      )
      const silent = await doctor('postgres://jo:hunter2@127.0.0.1:1/taskr')
      assert.match(silent, /PROBLEM database: cannot be read/)
      assert.doesNotMatch(silent, /hunter2/)
    }))

  test('missing settings are named, all at once', async () => {
    const { code, said } = await run({ NODE_ENV: 'production' }, ['doctor'])
    assert.equal(code, 1)
    assert.match(said, /PROBLEM settings: DATABASE_URL is missing/)
    assert.match(said, /PROBLEM settings: TASKR_KEYS is missing/)
  })
})
