// `node bench/idle.ts`: how many statements a minute a worker with nothing to do sends to a PostgreSQL that holds 100,000
// connections.
//
//   … --connections 10000     fewer connections
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { systemClock } from '../app/support/clock.ts'
import { readMigrations } from '../app/database/migrating/migration-files.ts'
import { startTestPostgres } from '../testing/database/on-each-engine.ts'
import { createTestDatabases } from '../testing/database/test-databases.ts'
import { countStatements } from '../testing/in-process/counted-statements.ts'
import { createWorld } from '../testing/in-process/testbed.ts'

const { values } = parseArgs({ options: { connections: { type: 'string', default: '100000' } } })
const connections = Number(values.connections)
const hourMs = 3_600_000

const postgres = await startTestPostgres()
const databases = await createTestDatabases(postgres.url, readMigrations())
try {
  const databaseUrl = await databases.createMigratedUrl()
  const statements = countStatements()
  const world = await createWorld({
    databaseUrl,
    betweenDatabase: (database) => statements.database(database),
  })
  await fill(databaseUrl, connections, world.clock.now())
  world.taskr.startWorking()
  await passTime(10 * 60_000, 10_000)
  const sent = await statements.during(() => passTime(60_000, 1_000))
  console.log(
    `${connections.toLocaleString('en')} connections, nothing due: ${sent} statements a minute`,
  )
  await world.close()

  /** Lets the world's clock pass, and gives each step's queries time to end. */
  async function passTime(ms: number, stepMs: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await world.clock.advance(stepMs)
      await systemClock.wait(30)
    }
  }
} finally {
  await databases.close()
  await postgres.stop()
}

/** Adds accounts with one connection each, whose copies and webhooks are due in an hour. */
async function fill(databaseUrl: string, count: number, now: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const later = now + hourMs
  const sealed = `v1.k1.${'x'.repeat(120)}`
  for (const statement of [
    `insert into accounts (account_id, username, username_key, password_hash, time_zone, created_at)
     select 'a' || n, 'a' || n, 'a' || n, 'x', 'UTC', ${now} from generate_series(1, ${count}) n`,
    `insert into connections (account_id, connection_id, workspace_id, workspace_name, workspace_slug, scopes, status,
       sealed_access_token, created_at, updated_at, checked_at, next_check_at)
     select 'a' || n, 'c' || n, 'w' || n, 'W', 'w', '', 'active', '${sealed}', ${now}, ${now}, ${now}, ${later}
     from generate_series(1, ${count}) n`,
    `insert into mirrors (connection_id, account_id, as_of, sync_tasks_seen, leased_until, lease_number, next_sync_at)
     select 'c' || n, 'a' || n, ${now}, 0, 0, 0, ${later} from generate_series(1, ${count}) n`,
    `insert into webhooks (account_id, connection_id, key_hash, webhook_id, sealed_secret, status, failures,
       next_check_at, leased_until, lease_number)
     select 'a' || n, 'c' || n, 'k' || n, 'h' || n, '${sealed}', 'active', 0, ${later}, 0, 0
     from generate_series(1, ${count}) n`,
    'analyze',
  ]) {
    await client.query(statement)
  }
  await client.end()
}
