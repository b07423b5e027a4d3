// Raises revisions below every query: a statement that changes a page raises the revisions of its owners in the same
// transaction, whichever part of Taskr sent it. All owners of a transaction are raised by one statement just before the
// commit, in order, so that transactions that change the same pages wait for each other only shortly.

import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import { findSeenWrite, ownersInAnswer, type SeenWrite } from './owners-of-write.ts'

/** An account or a connection, and its revision after a commit. */
export type RaisedRevision = {
  readonly ownerId: string
  readonly revision: number
  /** Set when the commit ended sessions of the account. */
  readonly endsSessions?: true
}

export type Raising = {
  readonly dialect: Dialect
  /** Begins to raise revisions, once their table exists. */
  readonly begin: () => void
  /** Calls back with the revisions that each commit raised, except those of quiet changes. */
  readonly whenRaised: (listener: (raised: readonly RaisedRevision[]) => void) => void
}

export function createRaising(
  inner: Dialect,
  parts: { readonly engine: 'sqlite' | 'postgres'; readonly now: () => number },
): Raising {
  let isOn = false
  let tell: (raised: readonly RaisedRevision[]) => void = () => {}
  const state: RaisingState = {
    ...parts,
    isOn: () => isOn,
    tell: (raised) => {
      if (raised.length > 0) tell(raised)
    },
  }
  return {
    dialect: {
      createDriver: () => new RaisingDriver(inner.createDriver(), state),
      createQueryCompiler: () => inner.createQueryCompiler(),
      createAdapter: () => inner.createAdapter(),
      createIntrospector: (db) => inner.createIntrospector(db),
    },
    begin: () => {
      isOn = true
    },
    whenRaised: (listener) => {
      tell = listener
    },
  }
}

type RaisingState = {
  readonly engine: 'sqlite' | 'postgres'
  readonly now: () => number
  readonly isOn: () => boolean
  readonly tell: (raised: readonly RaisedRevision[]) => void
}

class RaisingDriver implements Driver {
  readonly #inner: Driver
  readonly #state: RaisingState
  readonly #uses = new WeakMap<DatabaseConnection, RaisingConnection>()

  constructor(inner: Driver, state: RaisingState) {
    this.#inner = inner
    this.#state = state
  }

  init = (): Promise<void> => this.#inner.init()

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await this.#inner.acquireConnection()
    const use = new RaisingConnection(connection, this.#inner, this.#state)
    this.#uses.set(use, use)
    return use
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return this.#useOf(connection).beginTransaction(settings)
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#useOf(connection).commitTransaction()
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#useOf(connection).rollbackTransaction()
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#inner.releaseConnection(this.#useOf(connection).connection)
  }

  destroy = (): Promise<void> => this.#inner.destroy()

  #useOf(connection: DatabaseConnection): RaisingConnection {
    const use = this.#uses.get(connection)
    if (use === undefined) throw new TypeError('The connection is of another database.')
    return use
  }
}

/** One use of a connection: for one statement, or for one transaction. */
class RaisingConnection implements DatabaseConnection {
  readonly connection: DatabaseConnection
  readonly #driver: Driver
  readonly #state: RaisingState
  readonly #owners = new Set<string>()
  /** Those of the owners whose open pages are told. */
  readonly #told = new Set<string>()
  readonly #ended = new Set<string>()
  /** Those of the owners who lost sessions. */
  readonly #signedOut = new Set<string>()
  #isInTransaction = false

  constructor(connection: DatabaseConnection, driver: Driver, state: RaisingState) {
    this.connection = connection
    this.#driver = driver
    this.#state = state
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const write = this.#state.isOn() ? findSeenWrite(query) : undefined
    if (write === undefined) return await this.connection.executeQuery<Row>(query)
    if (this.#isInTransaction) return await this.#write<Row>(query, write)
    await this.beginTransaction({})
    try {
      const result = await this.#write<Row>(query, write)
      await this.commitTransaction()
      return result
    } catch (error) {
      await this.rollbackTransaction().catch(() => {})
      throw error
    }
  }

  streamQuery<Row>(query: CompiledQuery, size: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.connection.streamQuery<Row>(query, size)
  }

  async beginTransaction(settings: TransactionSettings): Promise<void> {
    this.#forget()
    await this.#driver.beginTransaction(this.connection, settings)
    this.#isInTransaction = true
  }

  async commitTransaction(): Promise<void> {
    const raised = this.#owners.size === 0 ? [] : await this.#raise()
    await this.#driver.commitTransaction(this.connection)
    const told = raised.filter(({ ownerId }) => this.#told.has(ownerId))
    this.#forget()
    this.#state.tell(told)
  }

  async rollbackTransaction(): Promise<void> {
    this.#forget()
    await this.#driver.rollbackTransaction(this.connection)
  }

  async #write<Row>(query: CompiledQuery, write: SeenWrite): Promise<QueryResult<Row>> {
    const result = await this.connection.executeQuery<Row>(query)
    const count = result.numAffectedRows ?? BigInt(result.rows.length)
    if (count > 0n) {
      const owners =
        write.owners.length > 0 ? write.owners : ownersInAnswer(write.table, result.rows)
      for (const owner of owners) {
        this.#owners.add(owner)
        if (!write.isQuiet) this.#told.add(owner)
        if (write.table === 'sessions') this.#signedOut.add(owner)
      }
      for (const owner of write.ended) this.#ended.add(owner)
    }
    return result
  }

  /** A revision is never lower than the time, so that a database restored from a backup gives none a second time. */
  async #raise(): Promise<readonly RaisedRevision[]> {
    const now = this.#state.now()
    const owners = [...this.#owners].toSorted()
    // The same text every time, so that it is prepared once.
    const places = owners
      .map((_, at) => `(${this.#place(2 * at)}, ${this.#place(2 * at + 1)})`)
      .join(', ')
    const { rows } = await this.connection.executeQuery<RevisionRow>(
      CompiledQuery.raw(
        `insert into revisions (owner_id, revision) values ${places} on conflict (owner_id) do update set revision = case when revisions.revision >= excluded.revision then revisions.revision + 1 else excluded.revision end returning owner_id, revision`,
        owners.flatMap((owner) => [owner, now]),
      ),
    )
    if (this.#ended.size > 0) await this.#removeEnded()
    return rows.map((row) => ({
      ownerId: row.owner_id,
      revision: row.revision,
      ...(this.#signedOut.has(row.owner_id) && { endsSessions: true }),
    }))
  }

  async #removeEnded(): Promise<void> {
    const ended = [...this.#ended].toSorted()
    const places = ended.map((_, at) => this.#place(at)).join(', ')
    await this.connection.executeQuery(
      CompiledQuery.raw(`delete from revisions where owner_id in (${places})`, ended),
    )
  }

  #place(at: number): string {
    return this.#state.engine === 'postgres' ? `$${at + 1}` : '?'
  }

  #forget(): void {
    this.#isInTransaction = false
    this.#owners.clear()
    this.#told.clear()
    this.#ended.clear()
    this.#signedOut.clear()
  }
}

type RevisionRow = { readonly owner_id: string; readonly revision: number }
