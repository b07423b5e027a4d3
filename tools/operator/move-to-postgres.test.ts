// Moving an installation from SQLite to PostgreSQL: everything arrives, or nothing does.
import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Client } from 'pg'
import { createTestFolder } from '../../testing/test-folder.ts'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { createWorld, type World } from '../../testing/in-process/testbed.ts'
import { createTestClock } from '../../app/support/clock.ts'
import { runCommand } from './commands.ts'

const strangeText = 'Ünïcödé 🧾 “quoted” \\u0000 \\'

onEachEngine('npm run taskr -- move-to-postgres', (_, engine) => {
  if (engine.name === 'sqlite') return

  test('people find their tasks, and stay logged in, after the move', () =>
    onSqlite(async (world, from) => {
      const jo = await world.connected()
      await jo.post('/tasks', await newTask(world, jo))
      const before = await textsOf(world, jo)
      await world.taskr.stop()
      const to = await engine.createEmptyUrl()
      const moved = await move(from, to)
      assert.equal(moved.code, 0, moved.complained)
      assert.match(moved.said, /^accounts +1 {2}[0-9a-f]{16}$/m)
      assert.match(moved.said, /^tasks +\d{2,} {2}[0-9a-f]{16}$/m)
      assert.match(moved.said, /both databases hold the same/)
      await world.restart({ DATABASE_URL: to })
      assert.match((await jo.get('/?view=open&whose=everyone')).body, /Ünïcödé 🧾/)
      assert.deepEqual(await textsOf(world, jo), before)
      assert.ok(before.includes(strangeText), before.join('\n'))
    }))

  test('a running Taskr, a database that is not empty, and a missing or wrong target are refused', () =>
    onSqlite(async (world, from) => {
      const to = await engine.createMigratedUrl()
      const refused = async (target: string | undefined, why: RegExp, source = from) => {
        const { code, complained } = await move(source, target)
        assert.equal(code, 1)
        assert.match(complained, why)
      }
      await refused(to, /Another Taskr is running/)
      await world.signedUp()
      await world.taskr.stop()
      await refused(undefined, /TARGET_DATABASE_URL must name/)
      await refused('file:other.db', /TARGET_DATABASE_URL must name/)
      await refused(to, /already: nothing to move/, to)
      assert.equal((await move(from, to)).code, 0)
      await refused(to, /holds rows in accounts already/)
    }))

  test('when a row arrives with another value, nothing is kept, and the move can be tried again', () =>
    onSqlite(async (world, from) => {
      await world.connected()
      await world.taskr.stop()
      const to = await engine.createMigratedUrl()
      const client = new Client({ connectionString: to })
      await client.connect()
      await client.query(`create function alter_text() returns trigger language plpgsql as
        'begin new.content := upper(new.content); return new; end'`)
      await client.query(`create trigger alter_text before insert on tasks
        for each row execute function alter_text()`)
      const failed = await move(from, to)
      assert.match(failed.complained, /^tasks differs after copying/)
      const { rows } = await client.query('select 1 from accounts')
      assert.deepEqual(rows, [])
      await client.query('drop trigger alter_text on tasks')
      await client.end()
      assert.equal((await move(from, to)).code, 0)
    }))
})

async function onSqlite(play: (world: World, url: string) => Promise<void>): Promise<void> {
  const folder = await createTestFolder('taskr-move-')
  const url = `file:${join(folder, 'taskr.db')}`
  const world = await createWorld({ databaseUrl: url })
  try {
    await play(world, url)
  } finally {
    await world.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function move(from: string, to: string | undefined) {
  const said: string[] = []
  const complained: string[] = []
  const operator = {
    environment: { DATABASE_URL: from, ...(to !== undefined && { TARGET_DATABASE_URL: to }) },
    clock: createTestClock(Date.UTC(2026, 10, 23, 9, 41)),
    fetch: () => Promise.reject(new TypeError('no network')),
    say: (line: string) => void said.push(line),
    complain: (line: string) => void complained.push(line),
    unsafelySkipDurabilityCheck: true,
  }
  const code = await runCommand(operator, ['move-to-postgres'])
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}

async function newTask(world: World, browser: Awaited<ReturnType<World['connected']>>) {
  const { connectionId } = await world.ownerOf(browser)
  return {
    content: strangeText,
    connectionId,
    requestKey: 'a-key-of-sixteen-characters',
    returnTo: '/',
  }
}

async function textsOf(world: World, browser: Awaited<ReturnType<World['connected']>>) {
  const { accountId } = await world.ownerOf(browser)
  const connections = await world.taskr.parts.connections.list(accountId)
  const query = { isCompleted: false, whose: { kind: 'everyone' }, limit: 500, offset: 0 } as const
  const tasks = await world.taskr.parts.mirror.listTasks(connections, query)
  return tasks.map(({ content }) => content)
}
