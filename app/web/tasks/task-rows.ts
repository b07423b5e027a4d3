// Maps tasks, connections and changes to the rows that the views show.
import type { ChangeInList } from '../../tasks/changes.ts'
import {
  lackOf,
  mayWrite,
  missingForNotes,
  missingForWriting,
} from '../../connections/connections.ts'
import type { ListedRecord, ListedTask } from '../../tasks/tasks.ts'
import type { ListedConnection as Listed } from '../../sync/sync.ts'
import type { ConnectionRow } from './views/connection-problems.ts'
import type { FailedChange } from './views/failed-changes.ts'
import type { LinkedRecordKind, TaskRow } from './views/task-row.ts'

export function isWritable({ status, scopes }: Pick<Listed, 'status' | 'scopes'>): boolean {
  return (status === 'active' || status === 'missing-scopes') && mayWrite(scopes)
}

const known = {
  writable: new WeakMap<ListedTask, TaskRow>(),
  readOnly: new WeakMap<ListedTask, TaskRow>(),
}

/** Returns the same row for the same task, as long as it may or may not be changed. */
export function rowOf(task: ListedTask, connections: readonly Listed[]): TaskRow {
  const connection = connections.find(({ connectionId }) => connectionId === task.connectionId)
  const isChangeable = connection !== undefined && isWritable(connection)
  const rows = isChangeable ? known.writable : known.readOnly
  const before = rows.get(task)
  if (before !== undefined) return before
  const row = { ...task, linkedRecords: task.records.map(recordOf), isWritable: isChangeable }
  rows.set(task, row)
  return row
}

const recordKinds: ReadonlyMap<string, LinkedRecordKind> = new Map([
  ['people', 'person'],
  ['companies', 'company'],
  ['deals', 'deal'],
])

export function recordOf({ objectSlug, name, webUrl, targetObject, recordId }: ListedRecord) {
  return { kind: recordKindOf(objectSlug), name, webUrl, targetObject, recordId }
}

export function recordKindOf(objectSlug: string): LinkedRecordKind {
  return recordKinds.get(objectSlug) ?? 'record'
}

const troubles = {
  unreachable: 'unreachable',
  slow: 'slow',
  limited: 'limited',
  unclear: 'unreadable',
  // Only with all scopes, since missing scopes have their own message.
  forbidden: 'refused',
} as const

export function connectionOf({ mirror, ...connection }: Listed): ConnectionRow {
  const lack = lackOf(connection.scopes)
  const problem = mirror?.problem
  const isExplained = problem === 'forbidden' && lack?.costs === 'reading'
  return {
    ...connection,
    lack,
    asOf: mirror?.asOf ?? null,
    sync: mirror?.syncStartedAt === undefined ? undefined : { tasksSeen: mirror.syncTasksSeen },
    trouble: problem === undefined || isExplained ? undefined : troubles[problem],
  }
}

export function failedChangesOf(
  failed: readonly ChangeInList[],
  connections: readonly Listed[],
): readonly FailedChange[] {
  return failed.flatMap((change) => {
    const connection = connections.find(({ connectionId }) => connectionId === change.connectionId)
    if (connection === undefined) return []
    const missing = change.kind === 'note' ? missingForNotes : missingForWriting
    return [{ ...change, missingScopes: missing(connection.scopes) }]
  })
}
