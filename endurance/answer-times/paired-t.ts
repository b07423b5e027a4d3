// Compares two series of times, as dudect does (Reparaz, Balasch and Verbauwhede, 2017): |t| below 4.5 says that no
// difference was found.

export interface Pair {
  readonly known: number
  readonly unknown: number
}

export interface Comparison {
  readonly pairs: number
  readonly t: number
  /** How much longer the answer to a known one takes, in milliseconds. */
  readonly differenceMs: number
}

/** Leaves out the pairs with the largest tenth of all times, which other work on the machine caused. */
export function compareTimes(pairs: readonly Pair[]): Comparison {
  const longest = pairs.map(({ known, unknown }) => Math.max(known, unknown)).toSorted(ascending)
  const limit = longest[Math.floor(longest.length * 0.9)] ?? Infinity
  const kept = pairs.filter(({ known, unknown }) => Math.max(known, unknown) <= limit)
  const differences = kept.map(({ known, unknown }) => known - unknown)
  const mean = sum(differences) / differences.length
  const variance =
    sum(differences.map((difference) => (difference - mean) ** 2)) / (differences.length - 1)
  return {
    pairs: kept.length,
    differenceMs: mean,
    t: mean / Math.sqrt(variance / differences.length),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function ascending(one: number, other: number): number {
  return one - other
}
