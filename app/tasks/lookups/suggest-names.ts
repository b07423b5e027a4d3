// Suggests members and records by name, for the command palette.
import type { Connection } from '../../connections/connections.ts'
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import type { Mirror, MirroredMember, RecordName } from '../mirror.ts'
import { hasTyped, typedWords, wordsIn } from '../searching/words.ts'
import { nameOf } from '../reading/listed-task.ts'
import { recordsInSight } from './records-in-sight.ts'
import type { TaskParts } from '../reading/task-parts.ts'

export interface NamesSuggested {
  readonly members: readonly {
    readonly connectionId: ConnectionId
    readonly memberId: MemberId
    readonly name: string
  }[]
  readonly records: readonly {
    readonly connectionId: ConnectionId
    readonly targetObject: string
    readonly recordId: string
    readonly name: string
  }[]
}

const mostRead = 200
const mostSuggested = 8

/**
 * Returns those in whose name or e-mail address each typed word begins a word. A person who sees only their own tasks is
 * offered the records of those.
 */
export async function suggestNames(
  { mirror }: Pick<TaskParts, 'mirror'>,
  connections: readonly Connection[],
  text: string,
): Promise<NamesSuggested> {
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const [members, records] = await Promise.all([
    membersNamed(mirror, connectionIds, { text, limit: mostSuggested }),
    recordsNamed({ mirror }, connections, text),
  ])
  return {
    members: members.map((member) => ({
      connectionId: member.connectionId,
      memberId: member.memberId,
      name: nameOf(member),
    })),
    records: records.slice(0, mostSuggested),
  }
}

/** Returns the records in sight of the person in whose name each typed word begins a word, at most 200. */
export async function recordsNamed(
  { mirror }: Pick<TaskParts, 'mirror'>,
  connections: readonly Connection[],
  text: string,
): Promise<readonly (RecordName & { readonly connectionId: ConnectionId })[]> {
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const { clauses, hasAll } = wordsToFind(text, connectionIds)
  if (clauses.length === 0) return []
  const found = await mirror.searchRecords(connectionIds, { clauses, limit: mostRead })
  const matching = found.filter(({ name }) => hasAll(name))
  return await recordsInSight({ mirror }, matching, connections)
}

/** Returns at most `limit` active members in whose name or e-mail address each typed word begins a word. */
export async function membersNamed(
  mirror: Pick<Mirror, 'searchMembers'>,
  connectionIds: readonly ConnectionId[],
  { limit, text }: { readonly limit: number; readonly text: string },
): Promise<readonly MirroredMember[]> {
  const found = await everyMemberNamed(mirror, connectionIds, text)
  return found.filter(({ accessLevel }) => accessLevel !== 'suspended').slice(0, limit)
}

/** Returns at most 200 members, suspended ones included. */
export async function everyMemberNamed(
  mirror: Pick<Mirror, 'searchMembers'>,
  connectionIds: readonly ConnectionId[],
  text: string,
): Promise<readonly MirroredMember[]> {
  const { clauses, hasAll } = wordsToFind(text, connectionIds)
  if (clauses.length === 0) return []
  const found = await mirror.searchMembers(connectionIds, { clauses, limit: mostRead })
  return found.filter((member) => hasAll(`${nameOf(member)} ${member.emailAddress}`))
}

/** Returns what to search for in the index, and what tells whether a name that was found has all typed words. */
function wordsToFind(text: string, connectionIds: readonly ConnectionId[]) {
  const typed = typedWords(text)
  return {
    clauses: typed.map((word) => connectionIds.map((connectionId) => ({ connectionId, ...word }))),
    hasAll: (name: string): boolean => {
      const known = wordsIn(name)
      return typed.every((word) => hasTyped(known, word))
    },
  }
}
