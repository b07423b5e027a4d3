// Finds records by name at Attio, since the mirror has only those that tasks are linked to.
import type { AttioClient } from '@taskr/attio'
import type { Connections } from '../../connections/connections.ts'
import { withinTimeLimit } from '../../connections/connections.ts'
import type { Mirror, MirroredRecord } from '../mirror.ts'
import { nameFrom } from '../../support/visible-text.ts'
import type { AccountId, ConnectionId } from '../../support/ids.ts'

export type RecordsFound =
  | { readonly kind: 'found'; readonly records: readonly FoundRecord[] }
  /** Attio failed, was too slow or gave an unclear answer. */
  | { readonly kind: 'no-answer' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'needs-reconnect' }

export interface FoundRecord {
  readonly targetObject: string
  readonly recordId: string
  /** Empty when the record has no name. */
  readonly name: string
}

export interface FindRecordsParts {
  readonly connections: Pick<Connections, 'callAttio' | 'find'>
  readonly mirror: Pick<Mirror, 'rememberRecords'>
}

const mostFound = 10
/** Attio's limit on the length of a query. */
const longestQuery = 256

export async function findRecords(
  parts: FindRecordsParts,
  owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  query: string,
): Promise<RecordsFound> {
  const connection = await parts.connections.find(owner)
  if (connection?.mayLink === false) return { kind: 'forbidden' }
  const outcome = await withinTimeLimit((signal) =>
    parts.connections.callAttio(owner, (client) => search(client, query), signal, 'person'),
  )
  switch (outcome.kind) {
    case 'ok':
      await remember(parts, owner.connectionId, outcome.value)
      return { kind: 'found', records: outcome.value }
    case 'forbidden':
    case 'needs-reconnect':
      return { kind: outcome.kind }
    case 'not-found':
    case 'locked':
    case 'unreachable':
      return { kind: 'no-answer' }
  }
}

/** Searches every object of the workspace, custom ones included. */
async function search(client: AttioClient, query: string): Promise<readonly FoundRecord[]> {
  const listed = await client.objects.list({ onUnreadable: () => {} })
  const objects = listed.flatMap(({ apiSlug }) => apiSlug ?? [])
  if (objects.length === 0) return []
  const found = await client.records.search({
    query: query.slice(0, longestQuery),
    objects,
    limit: mostFound,
  })
  return found.map(({ id, objectSlug, text }) => ({
    targetObject: objectSlug,
    recordId: id,
    name: nameFrom(text),
  }))
}

/** Saves the names found, so that a record has its name as soon as it is linked. The next sync reads the rest. */
async function remember(
  { mirror }: FindRecordsParts,
  connectionId: ConnectionId,
  found: readonly FoundRecord[],
): Promise<void> {
  const records = found.map((record): MirroredRecord => ({
    ...record,
    connectionId,
    objectSlug: record.targetObject,
    webUrl: null,
    observedAt: 0,
  }))
  await mirror.rememberRecords(records)
}
