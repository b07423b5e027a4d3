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
 * The same for values to compare with, of which one may stand twice: each chunk is filled up to one of the fixed lengths,
 * so that few values take one statement.
 */
export function* filledChunksOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += longest) {
    const some = items.slice(at, at + longest)
    const length = lengths.findLast((one) => one >= some.length) ?? some.length
    const copies = Array.from({ length: Math.ceil(length / some.length) }, () => some)
    yield copies.flat().slice(0, length)
  }
}

const longest = Math.max(...lengths)

/**
 * Cuts the IDs of several owners into pieces for one condition, "these IDs of this owner, or those of that one", so that
 * a page reads the names of all its connections at once. An ID may stand twice.
 */
export function* chunksByOwner<Owner, Id>(
  byOwner: ReadonlyMap<Owner, readonly Id[]>,
): Generator<readonly { readonly owner: Owner; readonly ids: readonly Id[] }[]> {
  const pieces = [...byOwner].flatMap(([owner, ids]) =>
    [...filledChunksOf([...new Set(ids)])].map((some) => ({ owner, ids: some })),
  )
  for (let at = 0; at < pieces.length; at += piecesAtOnce) yield pieces.slice(at, at + piecesAtOnce)
}

const piecesAtOnce = 20
