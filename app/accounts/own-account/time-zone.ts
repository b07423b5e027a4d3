// Time zones by their IANA names, as the platform knows them.

export const defaultTimeZone = 'UTC'

/** The zone under its proper name; undefined when there is none of that name. */
export function readTimeZone(given: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(given)) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
