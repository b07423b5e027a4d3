// Suggests members and records by name, for the command palette.
import type { Connection } from '../../connections/connections.ts'
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import { hasTyped, typedWords, wordsIn } from '../searching/words.ts'
import { nameOf } from './listed-task.ts'
import { recordsInSight } from './records-in-sight.ts'
import type { TaskParts } from './task-parts.ts'

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
  const typed = typedWords(text)
  // The longest word is the rarest.
  const [rarest] = typed.toSorted((one, other) => other.word.length - one.word.length)
  if (rarest === undefined) return { members: [], records: [] }
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const words = connectionIds.map((connectionId) => ({ connectionId, ...rarest }))
  const [members, records] = await Promise.all([
    mirror.searchMembers(connectionIds, { words, limit: mostRead }),
    mirror.searchRecords(connectionIds, { words, limit: mostRead }),
  ])
  const hasAll = (name: string): boolean => {
    const known = wordsIn(name)
    return typed.every((word) => hasTyped(known, word))
  }
  return {
    members: members
      .filter((member) => hasAll(`${nameOf(member)} ${member.emailAddress}`))
      .filter(({ accessLevel }) => accessLevel !== 'suspended')
      .slice(0, mostSuggested)
      .map((member) => ({
        connectionId: member.connectionId,
        memberId: member.memberId,
        name: nameOf(member),
      })),
    records: (
      await recordsInSight(
        { mirror },
        records.filter(({ name }) => hasAll(name)),
        connections,
      )
    ).slice(0, mostSuggested),
  }
}
