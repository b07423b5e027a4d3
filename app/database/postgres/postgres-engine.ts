// The engine for several nodes: a pool of connections with a limit on every kind of wait.

import { PostgresDialect, PostgresQueryCompiler, sql, type QueryCompiler } from 'kysely'
import { Pool } from 'pg'
import type { Logger } from '../../support/logger.ts'
import { DatabaseError } from '../database-error.ts'
import type { Engine } from '../engine.ts'
import { clientForHosts, createHosts } from './hosts.ts'
import { limitPool } from './limited-pool.ts'
import { describePostgresError, isPostgresOutage, isPostgresRepeatable } from './postgres-errors.ts'
import { postgresTypes } from './postgres-types.ts'
import { createStatementNames, noNames } from './statement-names.ts'
import { isIndexedWord } from '../indexed-words.ts'
import { storableValue } from '../storable-value.ts'
import type { Db } from '../tables.ts'

export type PostgresOptions = {
  /** May name several hosts. */
  readonly url: string
  /** Host, port and database, for messages: the URL itself holds a password. */
  readonly place: string
  readonly logger: Logger
  readonly connections: number
  /** Whether statements that run often have names; "unless-pooled" turns them off where a pooler is found. */
  readonly namedStatements: 'yes' | 'no' | 'unless-pooled'
  readonly unsafelySkipDurabilityCheck: boolean
}

/** Below the client's own limit: see `poolLimits`. */
const statementTimeoutMs = 8_000

export function openPostgres(options: PostgresOptions): Engine {
  const hosts = createHosts(options.url)
  const pool = new Pool({
    Client: clientForHosts(hosts),
    types: postgresTypes,
    application_name: 'taskr',
    max: options.connections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
  })
  // A connection may break at any moment, idle or in use. The pool replaces it and its query fails; but its error event,
  // without a listener, would end the process.
  pool.on('connect', (client) => {
    client.on('error', (error) => options.logger.warn('database.connection-lost', { error }))
  })
  pool.on('error', () => {})
  const names = options.namedStatements === 'no' ? noNames : createStatementNames()
  const limited = limitPool(pool, { hosts, names })
  const restoreQueryLimit = limited.liftQueryLimit()
  return {
    name: 'postgres',
    dialect: new StorablePostgresDialect({ pool: limited }),
    describeError: (error) => describePostgresError(error, options.place),
    isOutage: isPostgresOutage,
    isRepeatable: isPostgresRepeatable,
    lockForMigration,
    hasTable,
    isInPlace: () => true,
    // The log of a PostgreSQL server belongs to its operator, who may need it for backups and replicas.
    truncateLog: async () => {},
    migrated: restoreQueryLimit,
    check: async (db) => {
      if (!options.unsafelySkipDurabilityCheck) await checkDurability(db)
      if (options.namedStatements !== 'unless-pooled' || (await limited.reachesServer())) return
      names.stop()
      options.logger.info('database.pooler-found', { namedStatements: 'no' })
    },
    afterClose: async () => {
      if (!pool.ending) await limited.end()
    },
  }
}

class StorablePostgresDialect extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new StorablePostgresCompiler()
  }
}

class StorablePostgresCompiler extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (isIndexedWord(value)) this.appendImmediateValue(value)
    else super.appendValue(value)
  }

  protected override addParameter(parameter: unknown): void {
    super.addParameter(storableValue(parameter))
  }
}

// The lock's number: any constant that nothing else in the database uses. This one is "taskr" in ASCII.
const migrationLock = 0x74_61_73_6b_72

async function lockForMigration(db: Db): Promise<void> {
  await sql`set local lock_timeout = '60s'`.execute(db)
  await sql`set local statement_timeout = '600s'`.execute(db)
  await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(db)
}

// Not to_regclass(): after waiting for a lock it may still see the state from before.
async function hasTable(db: Db, table: string): Promise<boolean> {
  const found = await sql`
    select 1 from pg_tables where schemaname = current_schema() and tablename = ${table}
  `.execute(db)
  return found.rows.length > 0
}

/** Refuses a server that answers before the data is on disk: it can lose acknowledged data (RL-25). */
async function checkDurability(db: Db): Promise<void> {
  const { rows } = await sql<DurabilitySettings>`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit
  `.execute(db)
  const problem = rows[0] === undefined ? 'nothing' : findDurabilityProblem(rows[0])
  if (problem !== undefined) {
    throw new DatabaseError(
      'unsafe-settings',
      `PostgreSQL runs with ${problem}: it would lose data that it has acknowledged. Set it to on.`,
    )
  }
}

export type DurabilitySettings = { readonly fsync: string; readonly synchronous_commit: string }

export function findDurabilityProblem(settings: DurabilitySettings): string | undefined {
  if (settings.fsync !== 'on') return `fsync = ${settings.fsync}`
  const commit = settings.synchronous_commit
  // "remote_apply" guarantees more than "on".
  return commit === 'on' || commit === 'remote_apply' ? undefined : `synchronous_commit = ${commit}`
}
