// Tasks, as the web reads them.
import type { Connection } from '../connections/connections.ts'
import type { AccountId, ConnectionId, MemberId } from '../support/ids.ts'
import { listAllTasks } from './reading/all-tasks.ts'
import { findRecords, type FindRecordsParts, type RecordsFound } from './lookups/find-records.ts'
import { createRecentSearches } from './lookups/recent-searches.ts'
import { findTask, type FoundTask, type TaskNames } from './reading/find-task.ts'
import {
  listAssignable,
  nameMembers,
  type Assignable,
  type AssignableQuery,
  type ListedMember,
} from './lookups/list-assignable.ts'
import { listColleagues, type ColleagueQuery, type Colleagues } from './lookups/list-colleagues.ts'
import type { ListedTask } from './reading/listed-task.ts'
import { nameFilters, type NamedFilters } from './reading/named-filters.ts'
import { suggestNames, type NamesSuggested } from './lookups/suggest-names.ts'
import type { TaskFilters } from './reading/task-filters.ts'
import { listTeam, type Team, type TeamQuery } from './reading/team.ts'
import { countOwnOpenTasks, type ListCounts } from './reading/group-counts.ts'
import {
  understandLine,
  type LineConnection,
  type UnderstoodLine,
} from './quick-add/understand-line.ts'
import { suggestRecords, type RecordsSuggested } from './lookups/suggest-records.ts'
import { nowOnPage } from './reading/chosen-deadline.ts'
import { listTasks, type TaskList, type TaskListQuery } from './reading/task-list.ts'
import type { TaskReader, TaskParts } from './reading/task-parts.ts'

export { forgetDescribed } from './reading/listed-task.ts'
export {
  chosenOf,
  deadlineOf,
  dueInstant,
  movedDeadline,
  nowOnPage,
  otherTimeOf,
  quickDates,
  quickDateText,
  type ChosenDeadline,
  type QuickDate,
} from './reading/chosen-deadline.ts'
export type { Deadline } from './mirror.ts'
export { nameOf } from './reading/listed-task.ts'
export type { FoundTask } from './reading/find-task.ts'
export type { RecordsFound } from './lookups/find-records.ts'
export type { TaskList } from './reading/task-list.ts'
export type { ListCounts } from './reading/group-counts.ts'
export type { ListedTask, ListedRecord } from './reading/listed-task.ts'
export type { Assignable } from './lookups/list-assignable.ts'
export type { NamedFilters } from './reading/named-filters.ts'
export type { Team, TeamLine } from './reading/team.ts'
export { markedRanges } from './searching/marks.ts'
export { readDate } from './quick-add/find-date.ts'
export { taskLines } from './quick-add/understand-task.ts'
export type { UnderstoodLine } from './quick-add/understand-line.ts'

export type { SendingStep } from './sending/sending-steps.ts'
export { quickDeadline } from './reading/chosen-deadline.ts'

export interface Tasks {
  /** Lists tasks of the account's connections. */
  readonly list: <Shown extends Connection>(
    reader: TaskReader,
    query: TaskListQuery,
    connections: readonly Shown[],
  ) => Promise<TaskList<Shown>>
  readonly countOwnOpen: (
    reader: TaskReader,
    connections: readonly Connection[],
  ) => Promise<ListCounts>
  /** Lists every task of every connection, in batches, for exports. */
  readonly listAll: (reader: TaskReader) => AsyncGenerator<readonly ListedTask[], void>
  /** Returns undefined when the account has no such task. */
  readonly find: <Listed extends Connection>(
    names: TaskNames,
    connections: readonly Listed[],
  ) => Promise<FoundTask<Listed> | undefined>
  /** Searches Attio, for as long as a person is willing to wait. */
  readonly findRecords: (
    owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
    query: string,
    /** True for a page that refetches itself: a recent result will do. */
    options?: { readonly isRepeat?: boolean },
  ) => Promise<RecordsFound>
  /** Searches only the mirror, without waiting for Attio. */
  readonly suggestRecords: (
    owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
    text: string,
  ) => Promise<RecordsSuggested>
  /** Suggests members and records of any connection by name. */
  readonly suggestNames: (
    connections: readonly Connection[],
    text: string,
  ) => Promise<NamesSuggested>
  /** Returns the names of the member and the record that a list is narrowed to. */
  readonly nameFilters: (
    filters: Pick<TaskFilters, 'memberId' | 'recordId'>,
    connections: readonly Connection[],
  ) => Promise<NamedFilters>
  readonly listTeam: (
    reader: TaskReader,
    connections: readonly Connection[],
    query: TeamQuery,
  ) => Promise<Team>
  /** Quick add: reads a line of text with the names of that connection. */
  readonly understand: (
    connection: LineConnection,
    line: string,
    reader: {
      readonly timeZone: string
      readonly kept: readonly string[]
      /** The day that the page showed as today; after midnight, words still mean what they meant on it. */
      readonly today?: string
    },
  ) => Promise<UnderstoodLine>
  /** Names these members of a connection, in the given order. */
  readonly nameMembers: (
    owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
    memberIds: readonly MemberId[],
  ) => Promise<readonly ListedMember[]>
  /** Lists members of a connected workspace for its owner, who decides which of them work in Taskr. */
  readonly listColleagues: (
    connectionId: ConnectionId,
    query: ColleagueQuery,
  ) => Promise<Colleagues>
  /** Returns undefined when the account has no such connection. */
  readonly listAssignable: (
    owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
    query?: AssignableQuery,
  ) => Promise<Assignable | undefined>
}

export function createTasks(parts: TaskParts & FindRecordsParts): Tasks {
  const searches = createRecentSearches(parts.clock)
  return {
    list: (reader, query, connections) => listTasks(parts, reader, query, connections),
    countOwnOpen: (reader, connections) => countOwnOpenTasks(parts, reader, connections),
    listAll: (reader) => listAllTasks(parts, reader),
    find: (names, connections) => findTask(parts, names, connections),
    findRecords: async (owner, query, { isRepeat = false } = {}) => {
      const search = { ...owner, query }
      const before = isRepeat ? searches.find(search) : undefined
      if (before !== undefined) return before
      const found = await findRecords(parts, owner, query)
      searches.remember(search, found)
      return found
    },
    understand: (connection, line, reader) =>
      understandLine(parts.mirror, connection, line, {
        ...reader,
        now: nowOnPage(reader.today, parts.clock.now(), reader.timeZone),
      }),
    suggestNames: (connections, text) => suggestNames(parts, connections, text),
    nameFilters: (filters, connections) => nameFilters(parts, filters, connections),
    listTeam: (reader, connections, query) => listTeam(parts, reader, connections, query),
    suggestRecords: (owner, text) => suggestRecords(parts, owner, text),
    nameMembers: (owner, memberIds) => nameMembers(parts, owner, memberIds),
    listColleagues: (connectionId, query) => listColleagues(parts.mirror, connectionId, query),
    listAssignable: (owner, query) => listAssignable(parts, owner, query),
  }
}
