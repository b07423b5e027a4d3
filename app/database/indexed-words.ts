// The words that partial indexes name, such as `where state = 'active'`. Queries carry them in their text: SQLite plans a
// statement anew each time it runs when a parameter decides whether a partial index applies, which takes ten times as long
// as running it, and PostgreSQL's generic plan cannot use the index at all.

const indexedWords: ReadonlySet<unknown> = new Set(['active', 'pending', 'sent'])

export function isIndexedWord(value: unknown): value is string {
  return indexedWords.has(value)
}
