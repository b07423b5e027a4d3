// `npm run test:endurance -- restore-drill`: fills a SQLite file with tasks, backs it up while Taskr serves, loses the file,
// and restores it, with the commands of docs/running.md. Prints how long each step takes, until the list is there again.
//
//   … --tasks 1000000     more tasks
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { productionEnvironment, startProcess } from '../../testing/processes/taskr-process.ts'

const { values } = parseArgs({ options: { tasks: { type: 'string', default: '200000' } } })
const tasks = Number(values.tasks)
const tasksEach = 200
const root = resolve(import.meta.dirname, '../..')

// On a real disk, where writes take their real time.
const folder = await mkdtemp(join(tmpdir(), 'taskr-drill-'))
try {
  const file = join(folder, 'taskr.db')
  const backup = join(folder, 'backup.db')
  const environment = productionEnvironment(`file:${file}`)
  await serve(environment, async () => undefined)
  fill(file)
  console.log(`${tasks.toLocaleString('en')} tasks, ${megabytes((await stat(file)).size)} MB`)
  await serve(environment, () => timed('backup, while Taskr serves', () => taskr('backup', backup)))
  for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true })
  await timed('restore', () => taskr('restore', backup))
  await timed('start until ready', () => serve(environment, async () => undefined))
  const database = new DatabaseSync(file, { readOnly: true })
  const counted = database.prepare('select count(*) as count from tasks').get()
  assert.equal(Number(counted?.['count']), tasks)
  database.close()

  async function taskr(...command: readonly string[]): Promise<void> {
    const child = spawn(process.execPath, ['tools/taskr.ts', ...command], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    await once(child, 'exit')
    assert.equal(child.exitCode, 0, command.join(' '))
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function serve(
  environment: Readonly<Record<string, string>>,
  work: () => Promise<unknown>,
): Promise<void> {
  const taskr = await startProcess(environment)
  const ready = await fetch(`http://localhost:${taskr.port}/readyz`)
  assert.equal(ready.status, 200)
  await work()
  taskr.signal('SIGTERM')
  await taskr.ended
}

/** Writes accounts with a connection and tasks, as a sync leaves them. */
function fill(file: string): void {
  const database = new DatabaseSync(file)
  const series = (count: number): string =>
    `with recursive series (n) as (select 1 union all select n + 1 from series where n < ${count})`
  const accounts = Math.ceil(tasks / tasksEach)
  database.exec(`begin;
    ${series(accounts)} insert into accounts (account_id, username, username_key, password_hash, time_zone, created_at)
      select 'a' || n, 'a' || n, 'a' || n, '', 'UTC', 0 from series;
    ${series(accounts)} insert into connections (account_id, connection_id, workspace_id, workspace_name, workspace_slug,
      scopes, status, sealed_access_token, created_at, updated_at, checked_at, next_check_at)
      select 'a' || n, 'c' || n, 'w' || n, 'W', 'w', '', 'needs-reconnect', '', 0, 0, 0, ${Number.MAX_SAFE_INTEGER} from series;
    ${series(tasks)} insert into tasks (connection_id, task_id, content, is_completed, assignee_ids, linked_records,
      created_at, observed_at, search_words)
      select 'c' || (1 + n / ${tasksEach}), 't' || n, 'Call number ' || n || ' about the renewal', 0, '[]', '[]', n, 0,
        'call number ' || n || ' about the renewal !open' from series;
    commit`)
  database.close()
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const begun = performance.now()
  await work()
  console.log(`${what}: ${((performance.now() - begun) / 1_000).toFixed(1)} s`)
}

function megabytes(bytes: number): string {
  return Math.round(bytes / 1e6).toLocaleString('en')
}
