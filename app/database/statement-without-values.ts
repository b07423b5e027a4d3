// What a trace may say of a statement: its text without values.

export type ObservedStatement = {
  /** The operation and its first table, such as "select tasks": few different ones. */
  readonly name: string
  readonly text: string
}

const longestText = 2_000

/** Values are parameters, except words of the search index, which stand in the text. */
export function statementWithoutValues(sql: string): ObservedStatement {
  const text = sql
    .replaceAll(/'(?:[^']|'')*(?:'|$)/g, "'…'")
    .replaceAll(/(?:\$\d+|\?)(?:, (?:\$\d+|\?))+/g, '…')
  const [, operation = 'statement'] = /^\W*(\w+)/.exec(text) ?? []
  const [, table] = /\b(?:from|into|update)\s+"?(\w+)"?/i.exec(text) ?? []
  return {
    name: table === undefined ? operation.toLowerCase() : `${operation.toLowerCase()} ${table}`,
    text: text.slice(0, longestText),
  }
}
