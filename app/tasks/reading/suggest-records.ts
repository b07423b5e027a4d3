// Suggests records by name from the mirror, which has those that tasks are linked to.
import type { AccountId, ConnectionId } from '../../support/ids.ts'
import type { FoundRecord } from './find-records.ts'
import { foldText } from '../quick-add/fold.ts'
import type { TaskParts } from './task-parts.ts'

export type RecordsSuggested =
  | { readonly kind: 'found'; readonly records: readonly FoundRecord[] }
  | { readonly kind: 'no-such-connection' }
  /** The seat may not find records. */
  | { readonly kind: 'forbidden' }

const mostSuggested = 8

/**
 * Returns records in whose name each word of the text begins a word; names that begin with the text come first.
 * Without a text, returns the latest records.
 */
export async function suggestRecords(
  parts: TaskParts,
  {
    accountId,
    connectionId,
  }: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  text: string,
): Promise<RecordsSuggested> {
  const connections = await parts.connections.list(accountId)
  const connection = connections.find((one) => one.connectionId === connectionId)
  if (connection === undefined) return { kind: 'no-such-connection' }
  if (!connection.mayLink) return { kind: 'forbidden' }
  const typed = wordsOf(text)
  const records = await parts.mirror.listRecordNames(connection)
  const matching = records.filter(({ name }) => {
    if (name === '') return false
    const words = typed.length === 0 ? [] : wordsOf(name)
    return typed.every((prefix) => words.some((word) => word.startsWith(prefix)))
  })
  const start = foldText(text.trim())
  const rank = ({ name }: FoundRecord): number => (foldText(name).startsWith(start) ? 0 : 1)
  return {
    kind: 'found',
    records: matching
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, mostSuggested)
      .map(({ targetObject, recordId, name }) => ({ targetObject, recordId, name })),
  }
}

function wordsOf(text: string): readonly string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
