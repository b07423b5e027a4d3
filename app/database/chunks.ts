// Cuts a list into chunks of a few fixed lengths, for statements with a parameter for each item: prepared statements are
// cached, and there should not be one for every length.

/** SQLite takes 32,766 variables a statement, PostgreSQL 65,535; Taskr's widest rows have eleven. */
const lengths = [500, 100, 20, 4, 1]

export function* chunksOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  let at = 0
  for (const length of lengths) {
    for (; items.length - at >= length; at += length) yield items.slice(at, at + length)
  }
}
