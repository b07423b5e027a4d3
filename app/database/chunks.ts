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

/**
 * Cuts the IDs of several owners into pieces for one condition, "these IDs of this owner, or those of that one", so that
 * a page reads the names of all its connections at once. An ID may stand twice: each list is filled up to one of the
 * fixed lengths.
 */
export function* chunksByOwner<Owner, Id>(
  byOwner: ReadonlyMap<Owner, readonly Id[]>,
): Generator<readonly { readonly owner: Owner; readonly ids: readonly Id[] }[]> {
  const pieces = [...byOwner].flatMap(([owner, ids]) => {
    const unique = [...new Set(ids)]
    return Array.from({ length: Math.ceil(unique.length / longest) }, (_, at) => ({
      owner,
      ids: filledUp(unique.slice(at * longest, (at + 1) * longest)),
    }))
  })
  for (let at = 0; at < pieces.length; at += piecesAtOnce) yield pieces.slice(at, at + piecesAtOnce)
}

const longest = Math.max(...lengths)
const piecesAtOnce = 20

function filledUp<Id>(ids: readonly Id[]): readonly Id[] {
  const length = lengths.findLast((one) => one >= ids.length) ?? ids.length
  return Array.from({ length: Math.ceil(length / ids.length) }, () => ids)
    .flat()
    .slice(0, length)
}
