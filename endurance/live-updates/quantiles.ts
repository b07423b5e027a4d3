// Computes the median, the 95th percentile and the maximum of a list of times.
export interface Quantiles {
  readonly p50: number
  readonly p95: number
  readonly max: number
}

export function quantilesOf(times: readonly number[]): Quantiles {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), max: at(1) }
}

export function inWords({ p50, p95, max }: Quantiles): string {
  return `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, longest ${max.toFixed(0)} ms`
}
