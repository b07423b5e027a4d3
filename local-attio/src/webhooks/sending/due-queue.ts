// Ids in the order in which they are due, and at the same instant by age.

export type DueQueue = {
  /** Puts an id at that instant, wherever it was before. A lower age is older. */
  put(id: string, due: Due): void
  remove(id: string): void
  /** Takes out the next one that is due by then. */
  take(now: number): string | undefined
  /** The next due time; undefined when the queue is empty. */
  nextAt(): number | undefined
}

export type Due = { readonly at: number; readonly age: number }

type Entry = Due & { readonly id: string }

export function createDueQueue(): DueQueue {
  const entries: Entry[] = []
  const entryOf = new Map<string, Entry>()

  const remove = (id: string): void => {
    const entry = entryOf.get(id)
    if (!entry) return
    entryOf.delete(id)
    entries.splice(placeOf(entries, entry), 1)
  }

  return {
    put: (id, { at, age }) => {
      remove(id)
      const entry = { id, at, age }
      entryOf.set(id, entry)
      entries.splice(placeOf(entries, entry), 0, entry)
    },
    remove,
    take: (now) => {
      const entry = entries[0]
      if (entry === undefined || entry.at > now) return undefined
      remove(entry.id)
      return entry.id
    },
    nextAt: () => entries[0]?.at,
  }
}

/** The index of the first entry that does not come before this one. */
function placeOf(entries: readonly Entry[], entry: Entry): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = entries[middle]
    if (other && comesBefore(other, entry)) low = middle + 1
    else high = middle
  }
  return low
}

function comesBefore(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.age < other.age)
}
