// The settings of the database.
import { z } from 'zod'
import { numberFrom, required } from './value-kinds.ts'

export interface DatabaseSettings {
  readonly databaseUrl: string
  /** The database address for LISTEN: PgBouncer in transaction mode drops notifications. Default: `databaseUrl`. */
  readonly listenDatabaseUrl: string
  /** The most connections that this node opens to PostgreSQL for queries. */
  readonly databaseConnections: number
  /** Whether PostgreSQL keeps the plans of statements that run often. */
  readonly namedStatements: 'yes' | 'no' | 'unless-pooled'
}

export const databaseVariables = {
  DATABASE_URL: required('file:./data/taskr.db or postgres://…').refine(
    (text) => /^(file:|postgres(ql)?:\/\/)./.test(text),
    'must begin with file: or postgres://',
  ),
  LISTEN_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, 'must begin with postgres://')
    .optional(),
  TASKR_DATABASE_CONNECTIONS: numberFrom(1, 500).default(10),
  TASKR_NAMED_STATEMENTS: z.enum(['yes', 'no'], { error: 'must be yes or no' }).optional(),
}

export function toDatabaseSettings(
  given: z.output<z.ZodObject<typeof databaseVariables>>,
): DatabaseSettings {
  return {
    databaseUrl: given.DATABASE_URL,
    listenDatabaseUrl: given.LISTEN_DATABASE_URL ?? given.DATABASE_URL,
    databaseConnections: given.TASKR_DATABASE_CONNECTIONS,
    namedStatements: given.TASKR_NAMED_STATEMENTS ?? 'unless-pooled',
  }
}
