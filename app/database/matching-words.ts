// Full-text search: the condition that a row has certain words in its search_words. SQLite answers it from its FTS5 index,
// PostgreSQL from a GIN index (migrations/0010-search.sql).
import { setImmediate } from 'node:timers/promises'
import { sql, SqliteAdapter, type Expression, type SqlBool } from 'kysely'
import type { Db } from './tables.ts'

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

/** Returns the condition for rows of the table. The caller limits the rows to its connections as always. */
export function hasWords(
  db: Db,
  table: SearchedTable,
  { clauses, without = [], limit }: WordSearch,
): Expression<SqlBool> {
  const { kind, key, id, documentId } = searched[table]
  if (clauses.length === 0 || clauses.some((clause) => clause.length === 0)) return sql`1 = 0`
  if (db.getExecutor().adapter instanceof SqliteAdapter) {
    const terms = clauses.map((clause) =>
      anyOf(
        clause.map((word) => fts5Term(word, kind)),
        'OR',
      ),
    )
    const excluded =
      without.length === 0
        ? ''
        : ` NOT ${anyOf(
            without.map((word) => fts5Term(word, kind)),
            'OR',
          )}`
    return sql`${sql.raw(id)} in (
      select ${sql.raw(documentId)}
      from search_index join search_documents on document_number = search_index.rowid
      where search_index match ${`(${terms.join(' AND ')})${excluded}`}
      order by search_index.rowid desc limit ${limit})`
  }
  const terms = clauses.map((clause) =>
    anyOf(
      clause.map((word) => tsqueryTerm(word, kind)),
      '|',
    ),
  )
  const excluded = without.map((word) => ` & !${tsqueryTerm(word, kind)}`).join('')
  // Forces PostgreSQL to read the search index first: without statistics it would scan the table for each row.
  return sql`(${sql.join(key.map((column) => sql.ref(`${table}.${column}`)))}) in (
    with found as materialized (
      select ${sql.join(key.map((column) => sql.ref(column)))} from ${sql.table(table)}
      where array_to_tsvector(array_remove(string_to_array(
        replace(' ' || search_words, ' ', ' ' || connection_id || ${sql.lit(`/${kind}/`)}), ' '), ''))
        @@ ${`${terms.join(' & ')}${excluded}`}::tsquery
      limit ${limit}
    ) select ${sql.join(key.map((column) => sql.ref(`found.${column}`)))} from found)`
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

// Each word begins with its connection, so an ID alone tells which row is meant.
const searched = {
  tasks: {
    kind: 't',
    key: ['connection_id', 'task_id'],
    id: 'tasks.task_id',
    documentId: 'document_id',
  },
  linked_records: {
    kind: 'r',
    key: ['connection_id', 'target_object', 'record_id'],
    id: '(linked_records.target_object, linked_records.record_id)',
    documentId:
      "substr(document_id, 1, instr(document_id, '/') - 1), substr(document_id, instr(document_id, '/') + 1)",
  },
  workspace_members: {
    kind: 'm',
    key: ['connection_id', 'workspace_member_id'],
    id: 'workspace_members.workspace_member_id',
    documentId: 'document_id',
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
