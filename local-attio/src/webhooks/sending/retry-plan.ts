// The back-off of failed deliveries, and the time after which a degraded webhook becomes inactive.

/** After the first attempt. Attio: up to ten. */
export const retries = 10

/**
 * assumed: Attio says "exponential back-off over approximately three days" and no more. A first wait
 * of 253 s that doubles ten times is 71.9 hours.
 */
const firstWaitMs = 253_000

/** A webhook that stays degraded for so long becomes inactive. */
export const degradedForMs = 7 * 24 * 60 * 60 * 1000

/** The wait after so many failed attempts; undefined when that was the last one. */
export function waitAfter(attempts: number): number | undefined {
  return attempts > retries ? undefined : firstWaitMs * 2 ** (attempts - 1)
}
