// The table of linked records: names of the people, companies and deals that tasks are linked to.
import type { Selectable } from 'kysely'
import {
  chunksByOwner,
  repeatedQuery,
  rowsWithWords,
  type WordClause,
} from '../../database/open-database.ts'
import type { Db, Tables } from '../../database/tables.ts'
import type { ConnectionId } from '../../support/ids.ts'
import type { MirroredLink } from '../rows/task-row.ts'
import { wordsOfRecord } from '../searching/indexed-words.ts'

export interface MirroredRecord extends MirroredLink {
  readonly connectionId: ConnectionId
  readonly objectSlug: string
  /** Empty when the record has no readable name. */
  readonly name: string
  readonly webUrl: string | null
  readonly observedAt: number
}

/**
 * Returns those records of the connections that have one of the IDs, which may be of several connections. Attio's links
 * name an object by its slug or its ID, so a record may have two rows: the one with a name, or read last, counts.
 */
export async function listRecords(
  db: Db,
  byConnection: ReadonlyMap<ConnectionId, readonly string[]>,
): Promise<readonly MirroredRecord[]> {
  const found: MirroredRecord[] = []
  for (const pieces of chunksByOwner(byConnection)) {
    found.push(...(await recordsOf(db, pieces)).map(fromRow))
  }
  const known = new Map<string, MirroredRecord>()
  for (const record of found) {
    const key = `${record.connectionId}/${record.recordId}`
    const other = known.get(key)
    if (other === undefined || isBetter(record, other)) known.set(key, record)
  }
  return [...known.values()]
}

const recordsOf = repeatedQuery(
  (db, pieces: readonly { readonly owner: ConnectionId; readonly ids: readonly string[] }[]) =>
    db
      .selectFrom('linked_records')
      .selectAll()
      .where((where) =>
        where.or(
          pieces.map(({ owner, ids }) =>
            where.and([where('connection_id', '=', owner), where('record_id', 'in', ids)]),
          ),
        ),
      ),
)

function isBetter(record: MirroredRecord, other: MirroredRecord): boolean {
  if ((record.name === '') !== (other.name === '')) return record.name !== ''
  return record.observedAt > other.observedAt
}

function fromRow(row: Selectable<Tables['linked_records']>): MirroredRecord {
  return {
    connectionId: row.connection_id,
    targetObject: row.target_object,
    recordId: row.record_id,
    objectSlug: row.object_slug,
    name: row.name,
    webUrl: row.web_url,
    observedAt: row.observed_at,
  }
}

/** The most IDs that choose among records. */
const mostIds = 5_000

export interface RecordName extends MirroredLink {
  readonly name: string
}

/** Lists the connection's records that were read last, all or only those with one of the IDs. */
export async function listLatestRecords(
  db: Db,
  connectionId: ConnectionId,
  { limit, among }: { readonly limit: number; readonly among?: ReadonlySet<string> | undefined },
): Promise<readonly RecordName[]> {
  const recordIds = among && [...among].slice(0, mostIds)
  if (recordIds?.length === 0) return []
  const rows = await db
    .selectFrom('linked_records')
    .select(['target_object', 'record_id', 'name'])
    .where('connection_id', '=', connectionId)
    .where('name', '<>', '')
    .$if(recordIds !== undefined, (records) => records.where('record_id', 'in', recordIds ?? []))
    .orderBy('observed_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    targetObject: row.target_object,
    recordId: row.record_id,
    name: row.name,
  }))
}

/** Returns at most `limit` records whose names have a word of every clause. */
export async function searchRecords(
  db: Db,
  connectionIds: readonly ConnectionId[],
  search: { readonly clauses: readonly WordClause[]; readonly limit: number },
): Promise<readonly (RecordName & { readonly connectionId: ConnectionId })[]> {
  if (connectionIds.length === 0) return []
  const rows = await db
    .selectFrom(rowsWithWords(db, 'linked_records', search))
    .select(['connection_id', 'target_object', 'record_id', 'name'])
    .where('connection_id', 'in', connectionIds)
    .execute()
  return rows.map((row) => ({
    connectionId: row.connection_id,
    targetObject: row.target_object,
    recordId: row.record_id,
    name: row.name,
  }))
}

/** Writes the words of at most `limit` rows that have none yet. Returns how many rows it wrote. */
export async function fillRecordWords(db: Db, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('linked_records')
    .select(['connection_id', 'target_object', 'record_id', 'name'])
    .where('search_words', 'is', null)
    .limit(limit)
    .execute()
  for (const row of rows) {
    await db
      .updateTable('linked_records')
      .set({ search_words: wordsOfRecord(row) })
      .where('connection_id', '=', row.connection_id)
      .where('target_object', '=', row.target_object)
      .where('record_id', '=', row.record_id)
      .where('name', '=', row.name)
      .execute()
  }
  return rows.length
}

/** Returns the keys of the records that were read within that time, or within another one if no name was found then. */
export async function listFreshRecordKeys(
  db: Db,
  connectionId: ConnectionId,
  {
    at,
    forMs,
    namelessForMs,
  }: { readonly at: number; readonly forMs: number; readonly namelessForMs: number },
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('linked_records')
    .select(['target_object', 'record_id'])
    .where('connection_id', '=', connectionId)
    .where((where) =>
      where.or([
        where.and([where('name', '<>', ''), where('observed_at', '>=', at - forMs)]),
        where.and([where('name', '=', ''), where('observed_at', '>=', at - namelessForMs)]),
      ]),
    )
    // A later time was written by a clock that has been set back since.
    .where('observed_at', '<=', at)
    .execute()
  return new Set(
    rows.map((row) => recordKey({ targetObject: row.target_object, recordId: row.record_id })),
  )
}

export function recordKey(link: MirroredLink): string {
  return `${link.targetObject}/${link.recordId}`
}

export async function saveRecords(db: Db, records: readonly MirroredRecord[]): Promise<void> {
  for (const record of records) {
    const seen = {
      object_slug: record.objectSlug,
      name: record.name,
      web_url: record.webUrl,
      observed_at: record.observedAt,
      search_words: wordsOfRecord(record),
    }
    await db
      .insertInto('linked_records')
      .values({
        connection_id: record.connectionId,
        target_object: record.targetObject,
        record_id: record.recordId,
        ...seen,
      })
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'target_object', 'record_id']).doUpdateSet(seen),
      )
      .execute()
  }
}

/** Marks records as read just now but keeps the names that are known. */
export async function keepRecords(db: Db, records: readonly MirroredRecord[]): Promise<void> {
  await addRecords(db, records)
  for (const record of records) {
    await db
      .updateTable('linked_records')
      .set({ observed_at: record.observedAt })
      .where('connection_id', '=', record.connectionId)
      .where('target_object', '=', record.targetObject)
      .where('record_id', '=', record.recordId)
      .execute()
  }
}

/** Adds records that are not known yet, and names those that have no name. Known names stay. */
export async function addRecords(db: Db, records: readonly MirroredRecord[]): Promise<void> {
  for (const record of records) {
    const named = { name: record.name, search_words: wordsOfRecord(record) }
    await db
      .insertInto('linked_records')
      .values({
        connection_id: record.connectionId,
        target_object: record.targetObject,
        record_id: record.recordId,
        object_slug: record.objectSlug,
        web_url: record.webUrl,
        observed_at: record.observedAt,
        ...named,
      })
      .onConflict((conflict) => {
        const key = conflict.columns(['connection_id', 'target_object', 'record_id'])
        if (record.name === '') return key.doNothing()
        return key.doUpdateSet(named).where('linked_records.name', '=', '')
      })
      .execute()
  }
}

/** Removes names last read before then. A full sync reads the names of all linked records, so no task needs these. */
export async function removeRecordsReadBefore(
  db: Db,
  connectionId: ConnectionId,
  before: number,
): Promise<void> {
  await db
    .deleteFrom('linked_records')
    .where('connection_id', '=', connectionId)
    .where('observed_at', '<', before)
    .execute()
}

export async function removeRecords(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('linked_records').where('connection_id', '=', connectionId).execute()
}
