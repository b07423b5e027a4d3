// Full-text search: the rows that have certain words in their search_words. SQLite answers it from its FTS5 index,
// PostgreSQL from a GIN index (migrations/0010-search.sql, 0020-search-vectors.sql).
import { setImmediate } from 'node:timers/promises'
import { sql, SqliteAdapter, type AliasedRawBuilder } from 'kysely'
import type { Db, Tables } from './tables.ts'

export type SearchedTable = keyof typeof searched

/** A row matches when it has at least one word of every clause. */
export type WordClause = readonly SearchedWord[]

export type SearchedWord = {
  /** The owner of the rows that may have the word. */
  readonly connectionId: string
  /** Lower-case letters, digits and the marks `- / @ # ! _`. */
  readonly word: string
  /** True when longer words that begin with it match, too. */
  readonly isPrefix: boolean
}

export type WordSearch = {
  readonly clauses: readonly WordClause[]
  /** A row with one of these words does not match. */
  readonly without?: WordClause
  /** The most rows that match, on SQLite the latest: a search for a very common word must end soon. */
  readonly limit: number
}

/**
 * Returns the matching rows, to be selected from in place of the table. The caller limits them to its connections as
 * always. Its limit keeps an engine from reading the table in any other way than through the search index.
 */
export function rowsWithWords<Table extends SearchedTable>(
  db: Db,
  table: Table,
  { clauses, without = [], limit }: WordSearch,
): AliasedRawBuilder<Tables[Table], Table> {
  const { kind, keyOfDocument } = searched[table]
  if (clauses.length === 0 || clauses.some((clause) => clause.length === 0)) {
    return sql<Tables[Table]>`(select * from ${sql.table(table)} where 1 = 0)`.as(table)
  }
  if (db.getExecutor().adapter instanceof SqliteAdapter) {
    const anyWord = (clause: WordClause): string =>
      anyOf(
        clause.map((word) => fts5Term(word, kind)),
        'OR',
      )
    const excluded = without.length === 0 ? '' : ` NOT ${anyWord(without)}`
    return sql<Tables[Table]>`(
      select ${sql.table(table)}.*
      from search_index
      cross join search_documents on document_number = search_index.rowid
      cross join ${sql.table(table)} on ${sql.raw(keyOfDocument)}
      where search_index match ${`(${clauses.map(anyWord).join(' AND ')})${excluded}`}
      order by search_index.rowid desc limit ${limit})`.as(table)
  }
  const terms = clauses.map((clause) =>
    anyOf(
      clause.map((word) => tsqueryTerm(word, kind)),
      '|',
    ),
  )
  const excluded = without.map((word) => ` & !${tsqueryTerm(word, kind)}`).join('')
  return sql<Tables[Table]>`(
    select * from ${sql.table(table)}
    where search_vector(search_words, connection_id || ${sql.lit(`/${kind}/`)})
      @@ ${`${terms.join(' & ')}${excluded}`}::tsquery
    limit ${limit})`.as(table)
}

/**
 * Removes the words of deleted rows from the index for good: SQLite only marks them at first. Takes small steps, so
 * that other queries do not wait long.
 */
export async function purgeDeletedWords(db: Db): Promise<void> {
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) return
  for (let step = 0; step < mostPurgeSteps; step += 1) {
    const before = await countWrites(db)
    // A negative number of pages begins to merge all parts of the index, a positive one goes on (FTS5, "merge").
    const pages = step === 0 ? -pagesPerStep : pagesPerStep
    await sql`insert into search_index (search_index, rank) values ('merge', ${pages})`.execute(db)
    if ((await countWrites(db)) - before < 2) return
    await setImmediate()
  }
}

const pagesPerStep = 16
const mostPurgeSteps = 10_000

async function countWrites(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select total_changes() as count`.execute(db)
  return rows[0]?.count ?? 0
}

// The conditions under which a row of the table is the row of search_documents.
const searched = {
  tasks: {
    kind: 't',
    keyOfDocument:
      'tasks.connection_id = search_documents.connection_id and tasks.task_id = document_id',
  },
  linked_records: {
    kind: 'r',
    keyOfDocument: `linked_records.connection_id = search_documents.connection_id
        and linked_records.target_object = substr(document_id, 1, instr(document_id, '/') - 1)
        and linked_records.record_id = substr(document_id, instr(document_id, '/') + 1)`,
  },
  workspace_members: {
    kind: 'm',
    keyOfDocument: `workspace_members.connection_id = search_documents.connection_id
        and workspace_members.workspace_member_id = document_id`,
  },
} as const

function anyOf(terms: readonly string[], or: 'OR' | '|'): string {
  return `(${terms.join(` ${or} `)})`
}

function fts5Term({ connectionId, word, isPrefix }: SearchedWord, kind: string): string {
  const text = `${connectionId}/${kind}/${word}`.replaceAll('"', '""')
  return `"${text}"${isPrefix ? '*' : ''}`
}

function tsqueryTerm({ connectionId, word, isPrefix }: SearchedWord, kind: string): string {
  const text = `${connectionId}/${kind}/${word}`.replaceAll(/['\\]/g, '$&$&')
  return `'${text}'${isPrefix ? ':*' : ''}`
}
