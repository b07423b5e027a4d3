// Keeps the names beside the tasks: who the workspace's members are, and what linked records are called.
import { AttioApiError, recordName, type AttioClient } from '@taskr/attio'
import type { AttioOutcome } from '../connections/calling/call-attio.ts'
import { asMemberId, type AccountId, type ConnectionId } from '../support/ids.ts'
import { replaceMembers } from '../tasks/mirror.ts'
import type { SyncParts } from './sync-parts.ts'
import {
  keepRecords,
  listFreshRecordKeys,
  recordKey,
  saveRecords,
  type MirroredRecord,
} from '../tasks/mirror.ts'
import { listLinks } from '../tasks/mirror.ts'
import type { MirroredLink } from '../tasks/mirror.ts'

/** A record may be renamed without a word to us, so names are read again after a while. */
const namesStayFreshMs = 24 * 3_600_000
const recordsPerQuery = 100

export async function readMembers(
  parts: SyncParts,
  owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  signal?: AbortSignal,
): Promise<AttioOutcome<void>> {
  const outcome = await parts.connections.callAttio(
    owner,
    (client) => refreshMembers(parts, client, owner.connectionId),
    signal,
  )
  if (outcome.kind === 'ok') parts.live.changed(owner.accountId)
  return outcome
}

export async function refreshMembers(
  parts: SyncParts,
  client: Pick<AttioClient, 'workspaceMembers'>,
  connectionId: ConnectionId,
): Promise<void> {
  const observedAt = parts.clock.now()
  const members = await client.workspaceMembers.list()
  // No workspace is without members: that answer is worth less than what is known.
  if (members.length === 0) return
  const mirrored = members.map((member) => ({
    connectionId,
    memberId: asMemberId(member.id),
    firstName: member.firstName,
    lastName: member.lastName,
    emailAddress: member.emailAddress,
    accessLevel: member.accessLevel,
  }))
  await parts.database.transaction((db) => replaceMembers(db, connectionId, mirrored, observedAt))
}

export async function refreshRecordNames(
  parts: SyncParts,
  client: Pick<AttioClient, 'objects' | 'records'>,
  connectionId: ConnectionId,
  keepGoing: () => Promise<void>,
): Promise<void> {
  const { db } = parts.database
  const fresh = await listFreshRecordKeys(db, connectionId, parts.clock.now() - namesStayFreshMs)
  const links = await listLinks(db, connectionId)
  const wanted = [...links.values()].filter((link) => !fresh.has(recordKey(link)))
  if (wanted.length === 0) return
  const slugs = await objectSlugs(client)
  for (const [targetObject, ofObject] of Map.groupBy(wanted, (link) => link.targetObject)) {
    for (let at = 0; at < ofObject.length; at += recordsPerQuery) {
      const some = ofObject.slice(at, at + recordsPerQuery)
      const objectSlug = slugs.get(targetObject) ?? targetObject
      await keepGoing()
      const { named, unnamed } = await readNames(parts, client, connectionId, objectSlug, some)
      await parts.database.transaction(async (db) => {
        await saveRecords(db, named)
        await keepRecords(db, unnamed)
      })
    }
  }
}

/** Attio names an object by slug or by id; we show it by slug. */
async function objectSlugs(
  client: Pick<AttioClient, 'objects'>,
): Promise<ReadonlyMap<string, string>> {
  const objects = await client.objects.list()
  return new Map(objects.flatMap(({ id, apiSlug }) => (apiSlug === null ? [] : [[id, apiSlug]])))
}

/** `unnamed`: Attio did not say what they are called. What was known stays. */
async function readNames(
  parts: SyncParts,
  client: Pick<AttioClient, 'records'>,
  connectionId: ConnectionId,
  objectSlug: string,
  links: readonly MirroredLink[],
): Promise<Readonly<Record<'named' | 'unnamed', readonly MirroredRecord[]>>> {
  const observedAt = parts.clock.now()
  const found = new Map(
    (await queryByIds(client, objectSlug, links)).map((record) => [record.id, record] as const),
  )
  const mirrored = links.map((link) => {
    const record = found.get(link.recordId)
    const name = record === undefined ? '' : (recordName(record) ?? '')
    return { connectionId, ...link, objectSlug, name, webUrl: record?.webUrl ?? null, observedAt }
  })
  return {
    named: mirrored.filter(({ recordId }) => found.has(recordId)),
    unnamed: mirrored.filter(({ recordId }) => !found.has(recordId)),
  }
}

/** An object that was switched off or removed has no records to name: tasks stay readable without. */
async function queryByIds(
  client: Pick<AttioClient, 'records'>,
  objectSlug: string,
  links: readonly MirroredLink[],
) {
  try {
    return await client.records.query(objectSlug, {
      filter: { record_id: { $in: links.map((link) => link.recordId) } },
      limit: recordsPerQuery,
    })
  } catch (error) {
    if (error instanceof AttioApiError && error.status === 404) return []
    throw error
  }
}
