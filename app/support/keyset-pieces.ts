// Reads a long list in pieces, each after the last row of the one before, so that rows that are added or removed
// meanwhile neither repeat nor hide others.

import { setImmediate } from 'node:timers/promises'

export const rowsPerPiece = 100

/** `read` returns at most `limit` rows after the given one. Other work can run between pieces. */
export async function* readInPieces<Row>(
  read: (after: Row | undefined, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[], void> {
  for (let after: Row | undefined; ;) {
    const rows = await read(after, rowsPerPiece)
    if (rows.length > 0) yield rows
    if (rows.length < rowsPerPiece) return
    after = rows.at(-1)
    await setImmediate()
  }
}
