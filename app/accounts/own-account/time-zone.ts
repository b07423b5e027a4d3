// Time zones by IANA name, as the platform knows them.

export const defaultTimeZone = 'UTC'

/** Returns the zone's canonical name, or undefined when no such zone exists. */
export function readTimeZone(given: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(given)) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
