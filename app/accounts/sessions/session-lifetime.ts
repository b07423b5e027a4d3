// The lifetimes of sessions (decision 0012).

const hour = 3_600_000
const day = 24 * hour

/** A session ends when unused for this long. */
export const sessionIdleMs = 7 * day
/** A session ends this long after sign-in, regardless of use. */
export const sessionAbsoluteMs = 30 * day
/** A session that was seen more recently is not noted again. */
export const sessionSeenEveryMs = 60_000
/** A session that was last seen this long ago is written at once. */
export const sessionSeenLatestMs = hour
/** Sign-ins beyond this end the session unused for longest. */
export const mostSessions = 250
