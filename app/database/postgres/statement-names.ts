// Names for the statements that this node runs often: PostgreSQL parses and plans a named statement once per connection.
import { sha256Base64Url } from '../../support/hash.ts'

export type StatementNames = {
  /** Counts a use of the statement. Returns its name, or undefined when it runs without one. */
  readonly nameOf: (sql: string) => string | undefined
  /** Gives the statement a new name, so that every connection prepares it again. */
  readonly renew: (sql: string) => void
  /** From now on no statement has a name. */
  readonly stop: () => void
  readonly isStopped: () => boolean
}

/** A statement that is run less often, such as a list of few different lengths, does not repay what its plan holds. */
const usesBeforeName = 5
/** Each connection keeps at most this many plans, and those that a migration made invalid. */
const mostNames = 200
const mostRenewals = 1_000
/** The statements whose uses are counted. Each search has a text of its own, so the oldest are forgotten. */
const mostCounted = 500

export const noNames: StatementNames = {
  nameOf: () => undefined,
  renew: () => {},
  stop: () => {},
  isStopped: () => true,
}

export function createStatementNames(): StatementNames {
  const names = new Map<string, string>()
  const uses = new Map<string, number>()
  let renewals = 0
  let isStopped = false

  function count(sql: string): number {
    const counted = (uses.get(sql) ?? 0) + 1
    uses.delete(sql)
    uses.set(sql, counted)
    const [oldest] = uses.keys()
    if (uses.size > mostCounted && oldest !== undefined) uses.delete(oldest)
    return counted
  }

  return {
    nameOf: (sql) => {
      if (isStopped) return undefined
      const known = names.get(sql)
      if (known !== undefined) return known
      if (names.size === mostNames || !isNameable(sql)) return undefined
      if (count(sql) <= usesBeforeName) return undefined
      uses.delete(sql)
      const name = nameFor(sql, renewals)
      names.set(sql, name)
      return name
    },
    renew: (sql) => {
      renewals += 1
      if (renewals > mostRenewals) isStopped = true
      names.set(sql, nameFor(sql, renewals))
    },
    stop: () => {
      isStopped = true
    },
    isStopped: () => isStopped,
  }
}

/** A name belongs to one text: behind a pooler, another node may have prepared a statement on the same connection. */
function nameFor(sql: string, renewals: number): string {
  return `taskr_${sha256Base64Url(sql)}_${renewals}`
}

function isNameable(sql: string): boolean {
  return /^\s*(?:select|insert|update|delete|with)\b/i.test(sql)
}
