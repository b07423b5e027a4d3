// Which delivery leaves next: by the instant at which it is due, and at the same instant by age.

export type DueQueue = {
  /** Puts a delivery at that instant, wherever it was before. */
  put(id: string, at: number): void
  /** Takes it out for good. */
  remove(id: string): void
  /** The next one that is due, taken out; it keeps its age. */
  take(now: number): string | undefined
  /** When the next one is due; undefined when there is none. */
  nextAt(): number | undefined
}

type Entry = { readonly id: string; readonly at: number; readonly age: number }

export function createDueQueue(): DueQueue {
  const entries: Entry[] = []
  const entryOf = new Map<string, Entry>()
  const ages = new Map<string, number>()
  let lastAge = 0

  const pull = (id: string): void => {
    const entry = entryOf.get(id)
    if (!entry) return
    entryOf.delete(id)
    entries.splice(placeOf(entries, entry), 1)
  }

  return {
    put: (id, at) => {
      pull(id)
      const entry = { id, at, age: ages.get(id) ?? (lastAge += 1) }
      ages.set(id, entry.age)
      entryOf.set(id, entry)
      entries.splice(placeOf(entries, entry), 0, entry)
    },
    remove: (id) => {
      pull(id)
      ages.delete(id)
    },
    take: (now) => {
      const entry = entries[0]
      if (entry === undefined || entry.at > now) return undefined
      entries.shift()
      entryOf.delete(entry.id)
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
    if (other && (other.at < entry.at || (other.at === entry.at && other.age < entry.age))) {
      low = middle + 1
    } else {
      high = middle
    }
  }
  return low
}
