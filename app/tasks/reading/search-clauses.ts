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

export interface SearchClauses {
  /** One for each typed word: a task's text has it. */
  readonly words: readonly WordClause[]
  readonly filters: readonly WordClause[]
}

/** Returns undefined when nothing can match. */
export function searchClauses(
  filters: TaskFilters,
  connections: readonly Connection[],
): SearchClauses | undefined {
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const typed = filters.text === undefined ? [] : typedWords(filters.text)
  // A text without any letter or digit matches nothing, rather than everything.
  if (filters.text !== undefined && typed.length === 0) return undefined
  const clauses = {
    words: typed.map((word) => onEach(connectionIds, word)),
    filters: filterClauses(filters, connections),
  }
  return Object.values(clauses)
    .flat()
    .some((clause) => clause.length === 0)
    ? undefined
    : clauses
}

/**
 * Lets each word also stand for the records and members that have it in their names. Returns undefined when no name has
 * any.
 */
export async function withNames(
  mirror: Pick<Mirror, 'findNamed'>,
  words: readonly WordClause[],
): Promise<readonly WordClause[] | undefined> {
  const named = await mirror.findNamed(words, mostNames)
  if (named.every((marks) => marks.length === 0)) return undefined
  return words.map((clause, at) => [
    ...clause,
    ...(named[at] ?? []).map(({ connectionId, mark }) => markOf(connectionId, mark)),
  ])
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
