// Queries that are built and compiled once, because every request runs them. Building one takes longer than running it.

import { sql, type CompiledQuery, type Expression } from 'kysely'
import { storableValue } from './storable-value.ts'
import type { Db } from './tables.ts'

/** Returns the place of a value in the query. */
export type SlotsOf<Values> = <Name extends keyof Values>(name: Name) => Expression<Values[Name]>

/** Stands for a value in a query that is compiled before the value is known. */
class Slot {
  readonly name: PropertyKey

  constructor(name: PropertyKey) {
    this.name = name
  }
}

/** Returns a function that runs the query with values of its own. For reading only. */
export function fixedQuery<Values extends object, Row>(
  build: (db: Db, value: SlotsOf<Values>) => { readonly compile: () => CompiledQuery<Row> },
): (db: Db, values: Values) => Promise<readonly Row[]> {
  // Both engines have an adapter of their own, which their transactions share.
  const compiled = new WeakMap<object, CompiledQuery<Row>>()
  return async (db, values) => {
    const executor = db.getExecutor()
    const known = compiled.get(executor.adapter)
    // The plugin that refuses the wrong Db inside a transaction looks at each query.
    if (known !== undefined) executor.transformQuery(known.query, known.queryId)
    const query = known ?? build(db, (name) => sql`${new Slot(name)}`).compile()
    if (known === undefined) compiled.set(executor.adapter, query)
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Slot ? storableValue(Reflect.get(values, parameter.name)) : parameter,
    )
    const { rows } = await db.executeQuery<Row>({ ...query, parameters })
    return rows
  }
}
