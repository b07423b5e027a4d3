// Limits /oauth/revoke to 50 requests a minute per address, apart from the API's limits.

const perMinute = 50
const minuteMs = 60_000

/** Counts a request. Returns when to retry if the limit is exceeded. */
export function createRevocationLimit(): (address: string, now: number) => number | undefined {
  const counts = new Map<string, number>()
  let minute = 0
  return (address, now) => {
    const current = Math.floor(now / minuteMs)
    if (current !== minute) counts.clear()
    minute = current
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    return count > perMinute ? (minute + 1) * minuteMs : undefined
  }
}
