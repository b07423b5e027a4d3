// How long a session lasts: decision 0012.

const hour = 3_600_000
const day = 24 * hour

/** Unused for this long, a session ends. */
export const sessionIdleMs = 7 * day
/** However much it is used, a session ends this long after signing in. */
export const sessionAbsoluteMs = 30 * day
/** "Last seen" is written at most this often, so that reading pages writes little. */
export const sessionSeenEveryMs = 60_000
/** One more sign-in ends the session that was unused for longest. */
export const mostSessions = 250
