// Queries whose shape depends on what is asked, such as the filters of a list. The same list is asked for again and again,
// and building its query takes longer than running it, so the compiled query is kept with what was asked.

import type { CompiledQuery } from 'kysely'
import type { Db } from './tables.ts'

/** For each function; those that ran last are kept. */
const mostKept = 200
const longestKept = 4_000

/** Refuses what JSON leaves out, such as maps and functions: two different queries would be taken for one. */
type Told<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends (...given: never) => unknown
    ? never
    : { readonly [Name in keyof Value]: Told<Value[Name]> }

/** Returns a function that runs a query. `asked` must be all that the query is built from. */
export function repeatedQuery<Asked, Row>(
  build: (db: Db, asked: Asked) => { readonly compile: () => CompiledQuery<Row> },
): (db: Db, asked: Asked & Told<Asked>) => Promise<readonly Row[]> {
  // Both engines have an adapter of their own, which their transactions share.
  const kept = new WeakMap<object, Map<string, CompiledQuery<Row>>>()
  return async (db, asked) => {
    const executor = db.getExecutor()
    const queries = kept.get(executor.adapter) ?? new Map<string, CompiledQuery<Row>>()
    kept.set(executor.adapter, queries)
    const key = JSON.stringify(asked)
    const known = queries.get(key)
    // The plugin that refuses the wrong Db inside a transaction looks at each query.
    if (known !== undefined) executor.transformQuery(known.query, known.queryId)
    const query = known ?? build(db, asked).compile()
    queries.delete(key)
    if (key.length <= longestKept) queries.set(key, query)
    const [eldest] = queries.size > mostKept ? queries.keys() : []
    if (eldest !== undefined) queries.delete(eldest)
    const { rows } = await db.executeQuery<Row>(query)
    return rows
  }
}
