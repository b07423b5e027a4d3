// Keeps the names shown with tasks up to date: the workspace's members and the linked records.
import {
  AttioApiError,
  AttioTooLargeError,
  attioSaysForbidden,
  attioSaysGone,
  attioSaysUnauthorized,
  isAttioFailure,
  recordName,
  type AttioClient,
  type AttioFailure,
  type AttioRecord,
  type WorkspaceMember,
} from '@taskr/attio'
import type { AttioOutcome } from '../connections/connections.ts'
import { nameFrom } from '../support/visible-text.ts'
import { asMemberId, type AccountId, type ConnectionId } from '../support/ids.ts'
import { mapInTurns } from '../support/in-turns.ts'
import { readStoredMembers, replaceMembers, type MirroredMember } from '../tasks/mirror.ts'
import type { SyncParts } from './sync-parts.ts'
import {
  keepRecords,
  listFreshRecordKeys,
  recordKey,
  saveRecords,
  type MirroredRecord,
} from '../tasks/mirror.ts'
import { listLinks, wholeConnection } from '../tasks/mirror.ts'
import type { MirroredLink } from '../tasks/mirror.ts'
import { isAboutItems } from './unreadable.ts'

/** Attio announces no rename of a record, so names are read again after a day. */
const namesStayFreshMs = 24 * 3_600_000
/** A record may get its name just after the task that links to it. */
export const namelessStaysFreshMs = 60_000
const recordsPerQuery = 100

export async function readMembers(
  parts: SyncParts,
  owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  signal?: AbortSignal,
): Promise<AttioOutcome<unknown>> {
  const outcome = await parts.connections.callAttio(
    owner,
    (client) => refreshMembers(parts, client, owner),
    signal,
  )
  if (outcome.kind === 'ok') parts.live.changed(owner.connectionId)
  return outcome
}

/** A refresh asks for at most this many members whom Attio no longer lists. */
const missingAsked = 50

/**
 * Reads the members, ends the seats of those who are suspended or gone, and returns how many it could not read. A list
 * may lack a member by mistake, so only Attio's own 404 about a member removes them.
 */
export async function refreshMembers(
  parts: SyncParts,
  client: Pick<AttioClient, 'workspaceMembers'>,
  owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
): Promise<number> {
  const { connectionId } = owner
  const observedAt = parts.clock.now()
  let unread = 0
  const members = await client.workspaceMembers.list({ onUnreadable: () => (unread += 1) })
  // Every workspace has members, so an empty list is wrong and the known members are kept.
  if (members.length === 0) return unread
  const listed = await mapInTurns(members, (member) => mirroredMember(connectionId, member))
  const mirrored = [...listed, ...(await missingMembers(parts, client, connectionId, listed))]
  await parts.database.transaction((db) => replaceMembers(db, connectionId, mirrored, observedAt))
  const active = mirrored.filter(({ accessLevel }) => accessLevel !== 'suspended')
  await parts.seats.endWithoutMember(owner, new Set(active.map(({ memberId }) => memberId)))
  return unread
}

function mirroredMember(connectionId: ConnectionId, member: WorkspaceMember): MirroredMember {
  const firstName = nameFrom(member.firstName)
  const lastName = nameFrom(member.lastName)
  const emailAddress = nameFrom(member.emailAddress)
  const isNamed = firstName + lastName + emailAddress !== ''
  return {
    connectionId,
    memberId: asMemberId(member.id),
    firstName: isNamed ? firstName : 'Unnamed member',
    lastName,
    emailAddress,
    accessLevel: member.accessLevel,
  }
}

/** Returns the known members whom the list lacks and who are not proven to be gone. */
async function missingMembers(
  { database }: SyncParts,
  client: Pick<AttioClient, 'workspaceMembers'>,
  connectionId: ConnectionId,
  listed: readonly MirroredMember[],
): Promise<readonly MirroredMember[]> {
  const ids = new Set(listed.map(({ memberId }) => memberId))
  const known = await readStoredMembers(database.db, connectionId)
  const missing = known.filter(({ memberId }) => !ids.has(memberId))
  const kept: MirroredMember[] = missing.slice(missingAsked)
  for (const member of missing.slice(0, missingAsked)) {
    const found = await findMember(client, member)
    if (found !== undefined) kept.push(found)
  }
  return kept
}

/** Returns undefined when Attio says that the member is gone, and the known member when it gives no usable answer. */
async function findMember(
  client: Pick<AttioClient, 'workspaceMembers'>,
  known: MirroredMember,
): Promise<MirroredMember | undefined> {
  const { connectionId, memberId } = known
  try {
    return mirroredMember(connectionId, await client.workspaceMembers.get(memberId))
  } catch (error) {
    if (attioSaysGone(error, { kind: 'workspace-member', id: memberId })) return undefined
    if (!isAttioFailure(error) || attioSaysUnauthorized(error)) throw error
    return known
  }
}

export interface NamesToRefresh {
  readonly connectionId: ConnectionId
  readonly links: readonly MirroredLink[]
  /** Called before every request; throws when the sync must end. */
  readonly keepGoing: () => Promise<void>
}

/** Returns the links of a connection whose names were last read before then. */
export async function listStaleLinks(
  parts: SyncParts,
  connectionId: ConnectionId,
  freshForMs = namesStayFreshMs,
): Promise<readonly MirroredLink[]> {
  const { db } = parts.database
  const fresh = await listFreshRecordKeys(db, connectionId, {
    at: parts.clock.now(),
    forMs: freshForMs,
    namelessForMs: Math.min(freshForMs, namelessStaysFreshMs),
  })
  const links = await listLinks(db, wholeConnection(connectionId))
  return [...links.values()].filter((link) => isReadable(link) && !fresh.has(recordKey(link)))
}

/** False for a link whose object cannot be part of an address: it has no name that could be read. */
function isReadable({ targetObject }: MirroredLink): boolean {
  return /^[\w-]{1,100}$/.test(targetObject)
}

export interface NamesRead {
  /** How many names could not be read. */
  readonly unread: number
  /** Why reading ended early: Attio gave no answer, so these names are worth asking for again soon. */
  readonly failure?: AttioFailure
}

/**
 * Reads the names of linked records. Those that it could not read keep their old names: an object that Attio forbids,
 * or an unreadable answer, does not delay the others.
 */
export async function refreshRecordNames(
  parts: SyncParts,
  client: Pick<AttioClient, 'objects' | 'records'>,
  { connectionId, links, keepGoing }: NamesToRefresh,
): Promise<NamesRead> {
  let unread = links.length
  if (unread === 0) return { unread }
  try {
    const slugs = await objectSlugs(client)
    for (const [targetObject, ofObject] of Map.groupBy(links, (link) => link.targetObject)) {
      const objectSlug = slugs.get(targetObject) ?? targetObject
      for (let at = 0; at < ofObject.length; at += recordsPerQuery) {
        await keepGoing()
        const some = ofObject.slice(at, at + recordsPerQuery)
        const found = await findOrSkip(client, objectSlug, some)
        if (found === 'forbidden') break
        unread -= some.length - found.unreadable
        await saveNames(parts, { connectionId, objectSlug, links: some, found })
      }
    }
  } catch (error) {
    if (!isAttioFailure(error)) throw error
    parts.logger.warn('sync.names-failed', { connectionId, error })
    return { unread, failure: error }
  }
  return { unread }
}

/** Maps object IDs to slugs: Attio's links have either, and pages show the slug. */
async function objectSlugs(
  client: Pick<AttioClient, 'objects'>,
): Promise<ReadonlyMap<string, string>> {
  try {
    const objects = await client.objects.list({ onUnreadable: () => {} })
    return new Map(objects.flatMap(({ id, apiSlug }) => (apiSlug === null ? [] : [[id, apiSlug]])))
  } catch (error) {
    // An object without a slug here is read by what its links say.
    if (attioSaysForbidden(error)) return new Map()
    throw error
  }
}

interface Found {
  readonly records: readonly AttioRecord[]
  readonly unreadable: number
}

async function findOrSkip(
  client: Pick<AttioClient, 'records'>,
  objectSlug: string,
  links: readonly MirroredLink[],
): Promise<Found | 'forbidden'> {
  try {
    return await findRecords(client, objectSlug, links)
  } catch (error) {
    if (attioSaysForbidden(error)) return 'forbidden'
    // An object that was disabled or deleted has no records to name.
    if (error instanceof AttioApiError && error.isFromAttio && error.status === 404) {
      return { records: [], unreadable: 0 }
    }
    throw error
  }
}

/** Finds records; when the answer is too large, asks for halves, down to one record. */
async function findRecords(
  client: Pick<AttioClient, 'records'>,
  objectSlug: string,
  links: readonly MirroredLink[],
): Promise<Found> {
  try {
    let unreadable = 0
    const records = await client.records.query(
      objectSlug,
      {
        filter: { record_id: { $in: links.map((link) => link.recordId) } },
        limit: recordsPerQuery,
      },
      { onUnreadable: () => (unreadable += 1) },
    )
    return { records, unreadable }
  } catch (error) {
    if (!isAboutItems(error)) throw error
    const isTooLarge = error instanceof AttioTooLargeError
    if (!isTooLarge || links.length === 1) return { records: [], unreadable: links.length }
  }
  const half = Math.ceil(links.length / 2)
  const first = await findRecords(client, objectSlug, links.slice(0, half))
  const second = await findRecords(client, objectSlug, links.slice(half))
  return {
    records: [...first.records, ...second.records],
    unreadable: first.unreadable + second.unreadable,
  }
}

/** Saves the names; a record that Attio did not return keeps its old name and is asked for again in a day. */
async function saveNames(
  parts: SyncParts,
  {
    connectionId,
    objectSlug,
    links,
    found,
  }: {
    readonly connectionId: ConnectionId
    readonly objectSlug: string
    readonly links: readonly MirroredLink[]
    readonly found: Found
  },
): Promise<void> {
  const observedAt = parts.clock.now()
  const byId = new Map(found.records.map((record) => [record.id, record] as const))
  const mirrored = links.map((link): MirroredRecord => {
    const record = byId.get(link.recordId)
    const name = record === undefined ? '' : nameFrom(recordName(record) ?? '')
    return { connectionId, ...link, objectSlug, name, webUrl: record?.webUrl ?? null, observedAt }
  })
  await parts.database.transaction(async (db) => {
    await saveRecords(
      db,
      mirrored.filter(({ recordId }) => byId.has(recordId)),
    )
    await keepRecords(
      db,
      mirrored.filter(({ recordId }) => !byId.has(recordId)),
    )
  })
}
