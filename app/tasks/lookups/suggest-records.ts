// Suggests records by name from the mirror, which has those that tasks are linked to.
import type { AccountId, ConnectionId } from '../../support/ids.ts'
import { foldText } from '../quick-add/fold.ts'
import type { FoundRecord } from './find-records.ts'
import { recordsNamed } from './suggest-names.ts'
import type { TaskParts } from '../reading/task-parts.ts'

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
  const typed = foldText(text.trim())
  const records =
    typed === ''
      ? await parts.mirror.listLatestRecords(connection, mostSuggested)
      : await recordsNamed(parts, [connection], text)
  const rank = ({ name }: FoundRecord): number => (foldText(name).startsWith(typed) ? 0 : 1)
  return {
    kind: 'found',
    records: records
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, mostSuggested)
      .map(({ targetObject, recordId, name }) => ({ targetObject, recordId, name })),
  }
}
