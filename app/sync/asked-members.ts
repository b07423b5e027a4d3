// Remembers the members that Attio was asked for because a task names them, so that each edit of a task that is assigned to
// a former member does not read every member again. Each node remembers its own.
import type { ConnectionId, MemberId } from '../support/ids.ts'

/** A member who joined and is not listed yet gets a name after this long, or with the next full sync. */
const rememberedForMs = 15 * 60_000
const mostRemembered = 10_000

export interface AskedMembers {
  readonly wereAsked: (connectionId: ConnectionId, members: readonly MemberId[]) => boolean
  readonly remember: (connectionId: ConnectionId, members: readonly MemberId[]) => void
}

export function createAskedMembers(now: () => number): AskedMembers {
  /** In the order of the instants. */
  const askedAt = new Map<string, number>()
  const keyOf = (connectionId: ConnectionId, member: MemberId) => `${connectionId} ${member}`
  return {
    wereAsked: (connectionId, members) =>
      members.every((member) => {
        const at = askedAt.get(keyOf(connectionId, member))
        return at !== undefined && Math.abs(now() - at) < rememberedForMs
      }),
    remember(connectionId, members) {
      for (const member of members) {
        const key = keyOf(connectionId, member)
        askedAt.delete(key)
        askedAt.set(key, now())
      }
      for (const key of askedAt.keys()) {
        if (askedAt.size <= mostRemembered) return
        askedAt.delete(key)
      }
    },
  }
}
