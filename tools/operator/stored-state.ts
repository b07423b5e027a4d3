// Reads how far a database is, without changing it and while Taskr may be running on it.
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Client } from 'pg'
import { z } from 'zod'
import type { KeyCheck } from '../../app/connections/keys/key-check-store.ts'
import { readDatabaseUrl } from '../../app/database/database-url.ts'
import { createHosts, onAnyHost } from '../../app/database/open-database.ts'
import { DatabaseError } from '../../app/database/open-database.ts'
import { readMigrations } from '../../app/database/migrating/migration-files.ts'

export type StoredState =
  | { readonly kind: 'unreadable'; readonly problem: string }
  /** Taskr never ran on it. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'newer' }
  | {
      readonly kind: 'read'
      readonly checks: readonly KeyCheck[]
      /** The number of migrations that have not run. */
      readonly waiting: number
    }

/** Runs queries that only read; `end` closes the database. */
interface Reader {
  readonly rows: (sql: string) => Promise<readonly unknown[]>
  readonly end: () => Promise<void>
}

const waitMs = 5_000
const migrationSchema = z.object({ number: z.number() })
const checkSchema = z.object({ key_id: z.string(), sealed_value: z.string() })

export async function readStoredState(databaseUrl: string): Promise<StoredState> {
  try {
    const reader = await openReader(databaseUrl)
    if (reader === undefined) return { kind: 'empty' }
    try {
      return await readState(reader)
    } finally {
      await reader.end()
    }
  } catch (error) {
    const problem = error instanceof DatabaseError ? error.message : 'cannot be read'
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return { kind: 'unreadable', problem: problem + code }
  }
}

async function readState({ rows }: Reader): Promise<StoredState> {
  const numbers = await rows('select number from migrations').catch((error: unknown) => {
    if (isMissingTable(error)) return undefined
    throw error
  })
  if (numbers === undefined) return { kind: 'empty' }
  const applied = z.array(migrationSchema).parse(numbers)
  const waiting = readMigrations().length - applied.length
  if (waiting < 0) return { kind: 'newer' }
  const stored = z.array(checkSchema).parse(await rows('select * from key_checks'))
  const checks = stored.map((row) => ({ keyId: row.key_id, sealedValue: row.sealed_value }))
  return { kind: 'read', checks, waiting }
}

async function openReader(databaseUrl: string): Promise<Reader | undefined> {
  const address = readDatabaseUrl(databaseUrl)
  if (address.engine === 'sqlite') {
    if (!existsSync(address.path)) return undefined
    const file = new DatabaseSync(address.path, { readOnly: true, timeout: waitMs })
    return {
      rows: async (sql) => file.prepare(sql).all(),
      end: async () => file.close(),
    }
  }
  const client = await onAnyHost(createHosts(address.url), async (connectionString) => {
    const limits = { connectionTimeoutMillis: waitMs, query_timeout: waitMs }
    const tried = new Client({ connectionString, ...limits })
    tried.on('error', () => {})
    await tried.connect()
    return tried
  })
  return {
    rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    end: () => client.end(),
  }
}

function isMissingTable(error: unknown): boolean {
  return error instanceof Error && /no such table|relation "\w+" does not exist/.test(error.message)
}
