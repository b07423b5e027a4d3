// Counts every statement that reaches SQLite or PostgreSQL from this process, below all of Taskr's own code.
import { StatementSync } from 'node:sqlite'
import { Client } from 'pg'

export function countStatements(): () => number {
  let count = 0
  const countCalls = (prototype: object, name: string): void => {
    const original: unknown = Reflect.get(prototype, name)
    if (typeof original !== 'function') throw new TypeError(`There is no ${name} to count.`)
    Reflect.set(
      prototype,
      name,
      new Proxy(original, {
        apply: (target, self: unknown, values: unknown[]) => {
          count += 1
          const result: unknown = Reflect.apply(target, self, values)
          return result
        },
      }),
    )
  }
  for (const name of ['all', 'run', 'iterate']) countCalls(StatementSync.prototype, name)
  countCalls(Client.prototype, 'query')
  return () => count
}
