// Turns what a person looks for into clauses for the search index. A typed word may stand in a task's text, in the name of
// a record that it is linked to, or in the name of a member it is assigned to.
import type { Connection } from '../../connections/connections.ts'
import type { SearchedWord, WordClause } from '../../database/open-database.ts'
import type { ConnectionId } from '../../support/ids.ts'
import type { Mirror } from '../mirror.ts'
import { memberMark, recordMark, unassignedMark } from '../searching/indexed-words.ts'
import { typedWords, type TypedWord } from '../searching/words.ts'
import type { TaskFilters } from './task-filters.ts'

/** The most records and members that a typed word may stand for. */
const mostNames = 40

/** Returns undefined when nothing can match. */
export async function searchClauses(
  mirror: Pick<Mirror, 'searchRecords' | 'searchMembers'>,
  filters: TaskFilters,
  connections: readonly Connection[],
): Promise<readonly WordClause[] | undefined> {
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const typed = filters.text === undefined ? [] : typedWords(filters.text)
  // A text without any letter or digit matches nothing, rather than everything.
  if (filters.text !== undefined && typed.length === 0) return undefined
  const words = await Promise.all(typed.map((word) => wordClause(mirror, word, connectionIds)))
  const clauses = [...words, ...filterClauses(filters, connections)]
  return clauses.some((clause) => clause.length === 0) ? undefined : clauses
}

async function wordClause(
  mirror: Pick<Mirror, 'searchRecords' | 'searchMembers'>,
  typed: TypedWord,
  connectionIds: readonly ConnectionId[],
): Promise<WordClause> {
  const words = onEach(connectionIds, typed)
  const search = { words, limit: mostNames }
  const [records, members] = await Promise.all([
    mirror.searchRecords(connectionIds, search),
    mirror.searchMembers(connectionIds, search),
  ])
  return [
    ...words,
    ...records.map(({ connectionId, recordId }) => markOf(connectionId, recordMark(recordId))),
    ...members.map(({ connectionId, memberId }) => markOf(connectionId, memberMark(memberId))),
  ]
}

function filterClauses(
  { whose, memberId, recordId }: TaskFilters,
  connections: readonly Connection[],
): readonly WordClause[] {
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const everywhere = (mark: string): WordClause =>
    connectionIds.map((connectionId) => markOf(connectionId, mark))
  return [
    ...(recordId === undefined ? [] : [everywhere(recordMark(recordId))]),
    ...(memberId === undefined
      ? whoseClauses(whose, connections)
      : [everywhere(memberMark(memberId))]),
  ]
}

function whoseClauses(
  whose: TaskFilters['whose'],
  connections: readonly Connection[],
): readonly WordClause[] {
  switch (whose) {
    case 'everyone':
      return []
    case 'unassigned':
      return [connections.map(({ connectionId }) => markOf(connectionId, unassignedMark))]
    case 'mine':
      return [
        connections.flatMap(({ connectionId, memberId }) =>
          memberId === undefined ? [] : [markOf(connectionId, memberMark(memberId))],
        ),
      ]
  }
}

function onEach(connectionIds: readonly ConnectionId[], word: TypedWord): WordClause {
  return connectionIds.map((connectionId): SearchedWord => ({ connectionId, ...word }))
}

function markOf(connectionId: ConnectionId, mark: string): SearchedWord {
  return { connectionId, word: mark, isPrefix: false }
}
