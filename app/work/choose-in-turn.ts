// Turns among owners: chooses due rows owner after owner, so that one with thousands of them delays no other.

export interface Turns<Row, Owner> {
  readonly count: number
  /** The number of rows of this owner that may still be chosen. */
  readonly roomOf: (owner: Owner) => number
  /** The owner that was served last; undefined before the first one. */
  readonly after: Owner | undefined
  readonly ownerOf: (row: Row) => Owner
  /** Lists the rows of the next owner after the given one, in order; rows of later owners may follow. */
  readonly listNext: (after: Owner | undefined) => Promise<readonly Row[]>
}

/** Returns at most `count` rows, those of the first owner after `after` first. No owner is served twice. */
export async function chooseInTurn<Row, Owner>(turns: Turns<Row, Owner>): Promise<readonly Row[]> {
  const { count, listNext, ownerOf, roomOf } = turns
  const chosen: Row[] = []
  const served = new Set<Owner>()
  let after = turns.after
  while (chosen.length < count) {
    const [first, ...more] = await listNext(after)
    if (first === undefined) {
      // Beyond the last owner the first one is next.
      if (after === undefined) break
      after = undefined
      continue
    }
    const owner = ownerOf(first)
    after = owner
    if (served.has(owner)) break
    served.add(owner)
    const rows = [first, ...more.filter((row) => ownerOf(row) === owner)]
    chosen.push(...rows.slice(0, Math.min(roomOf(owner), count - chosen.length)))
  }
  return chosen
}
