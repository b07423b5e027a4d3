// One use of a connection to PostgreSQL: how long a query may take, what is repeated, and which statements have names.
import type { PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { readOnlyServer } from './hosts.ts'
import { findNameProblem } from './postgres-errors.ts'
import type { StatementNames } from './statement-names.ts'
import { withinMs } from './time-limit.ts'

/** The part of pg's PoolClient that is used here. */
export interface PoolClient {
  query<Row>(statement: Statement): Promise<Answer<Row>>
  release(destroy?: boolean): void
}

interface Statement {
  readonly text: string
  readonly values?: unknown[]
  readonly name?: string
}

interface Answer<Row> {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: Row[]
}

export interface Health {
  readonly names: StatementNames
  readonly queryMs: () => number
  readonly suspect: () => void
  readonly release: (client: PoolClient, isBroken: boolean) => void
}

/** One use of a connection: taken from the pool, used for one or several queries, and given back. */
export class LimitedClient implements PostgresPoolClient {
  #client: PoolClient
  readonly #takeClient: () => Promise<PoolClient>
  readonly #health: Health
  #isFirst = true
  /** The statement that began the transaction, until the transaction has done something. */
  #beginning: string | undefined
  #isInTransaction = false
  #isTaken = true
  #broken: Error | undefined

  constructor(client: PoolClient, takeClient: () => Promise<PoolClient>, health: Health) {
    this.#client = client
    this.#takeClient = takeClient
    this.#health = health
  }

  query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query(cursor: never): never
  async query<Row>(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> {
    if (this.#broken !== undefined) throw this.#broken
    const mayRepeat = this.#isFirst && isRepeatable(sql)
    this.#isFirst = false
    try {
      return await this.#runPrepared(sql, parameters)
    } catch (error) {
      if (!isConnectionLost(error)) throw error
      this.#health.suspect()
      this.#broken = error
      if (!mayRepeat) throw error
      this.#giveBack(true)
      this.#client = await this.#takeClient()
      this.#isTaken = true
      this.#broken = undefined
      return await this.#run(sql, parameters)
    }
  }

  release(destroy = false): void {
    this.#giveBack(destroy || this.#broken !== undefined)
  }

  /** Does nothing after a repetition that found no new connection: the old one is given back already. */
  #giveBack(isBroken: boolean): void {
    if (this.#isTaken) this.#health.release(this.#client, isBroken)
    this.#isTaken = false
  }

  /** Runs a statement once more when the plan that its name stands for is no longer good. */
  async #runPrepared<Row>(
    sql: string,
    parameters: readonly unknown[],
  ): Promise<PostgresQueryResult<Row>> {
    const beginning = this.#beginning
    const canRepeat = !this.#isInTransaction || beginning !== undefined
    this.#follow(sql)
    const name = this.#health.names.nameOf(sql)
    try {
      return await this.#run(sql, parameters, name)
    } catch (error) {
      if (name === undefined) throw error
      const problem = findNameProblem(error)
      if (problem === 'outdated') this.#health.names.renew(sql)
      if (problem === 'lost') this.#health.names.stop()
      if (problem === undefined || !canRepeat) throw error
      if (beginning !== undefined) {
        await this.#run('rollback', [])
        await this.#run(beginning, [])
      }
      return await this.#run(sql, parameters, this.#health.names.nameOf(sql))
    }
  }

  /** Notes whether a transaction is under way, and whether it has done anything. */
  #follow(sql: string): void {
    this.#beginning = undefined
    if (/^(?:begin|start transaction)\b/i.test(sql)) {
      this.#beginning = sql
      this.#isInTransaction = true
    } else if (/^(?:commit|rollback)$/i.test(sql)) {
      this.#isInTransaction = false
    }
  }

  async #run<Row>(
    sql: string,
    parameters: readonly unknown[],
    name?: string,
  ): Promise<PostgresQueryResult<Row>> {
    const running = this.#client.query<Row>({
      text: sql,
      values: [...parameters],
      ...(name === undefined ? {} : { name }),
    })
    const { command, rowCount, rows } = await withinMs(this.#health.queryMs(), 'a query', running)
    return {
      // Kysely only compares the command with these.
      command: commands.find((known) => known === command) ?? 'SELECT',
      rowCount: rowCount ?? 0,
      rows,
    }
  }
}

const commands = ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COMMIT', 'ROLLBACK'] as const

/** True for a statement that changes nothing by itself: the first one of a transaction, or a read. */
function isRepeatable(sql: string): boolean {
  return (
    /^\s*(begin|start transaction|select)\b/i.test(sql) && !/\bfor (no key )?update\b/i.test(sql)
  )
}

const lostCodes = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  readOnlyServer,
])

function isConnectionLost(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  return (
    (typeof code === 'string' && lostCodes.has(code)) ||
    /connection terminated|client has encountered a connection error|not queryable/i.test(
      error.message,
    )
  )
}
