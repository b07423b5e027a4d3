// The table of mirrors, reading: how fresh each connection's copy is.
import { sql } from 'kysely'
import {
  connectionsAmong,
  usableConnections,
  usableFrom,
  withDistinctNames,
  type Connection,
} from '../connections/connections.ts'
import { filledChunksOf, fixedQuery, type SlotsOf } from '../database/open-database.ts'
import type { Db } from '../database/tables.ts'
import type { AccountId, ConnectionId } from '../support/ids.ts'
import type { Unread } from './unreadable.ts'
import { syncLease } from './mirror-lease.ts'

export interface MirrorState {
  /** The copy is accurate as of this instant; undefined before the first sync has finished. */
  readonly asOf: number | undefined
  /** When the running sync started; undefined when none is running. */
  readonly syncStartedAt: number | undefined
  readonly syncTasksSeen: number
  /** The reason why the last sync failed. */
  readonly problem: MirrorProblem | undefined
  /** The items that the last finished sync could not read; the next one reads them again. */
  readonly unread: Unread
  /** True when a webhook announces every change. */
  readonly isLive: boolean
  /** When the live webhook is next checked; undefined without one. */
  readonly nextWebhookCheckAt: number | undefined
  /** After a failed sync, a page view starts no new one until then. */
  readonly restsUntil: number
}

/** A connection and how fresh its copy is; `mirror` is absent before the first sync. */
export interface ListedConnection extends Connection {
  readonly mirror: MirrorState | undefined
}

export type MirrorProblem = (typeof problems)[number]

/** `slow`: no answer in time. `limited`: Attio asked for a longer wait than a sync allows. */
const problems = ['unreachable', 'slow', 'limited', 'forbidden', 'unclear'] as const

const copyColumns = [
  'mirrors.connection_id as mirror_id',
  'as_of',
  'sync_started_at',
  'sync_tasks_seen',
  'problem',
  'mirrors.leased_until as sync_leased_until',
  'rests_until',
  'unread_tasks',
  'unread_members',
  'unread_names',
] as const

/** Reads the connections that an account may use, the states of their copies and their webhooks in one statement. */
const connectionsWithCopies = fixedQuery((db, value: SlotsOf<{ accountId: AccountId }>) =>
  usableConnections(db, value('accountId'))
    .leftJoin('mirrors', 'mirrors.connection_id', 'connections.connection_id')
    .select(copyColumns)
    .select(checkOfLiveWebhook(db, 'connections.connection_id').as('next_webhook_check_at')),
)

/** Reads when the webhook that tells Taskr of every change in the connection is checked; null without such a one. */
function checkOfLiveWebhook(db: Db, connectionId: 'connections.connection_id') {
  return db
    .selectFrom('webhooks')
    .select('next_check_at')
    .where('webhooks.connection_id', '=', sql.ref<ConnectionId>(connectionId))
    .where('webhooks.status', '=', 'active')
    .where('webhooks.problem', 'is', null)
    .$asScalar()
}

export async function listConnectionsWithCopies(
  db: Db,
  accountId: AccountId,
  at: number,
): Promise<readonly ListedConnection[]> {
  const rows = await connectionsWithCopies(db, { accountId })
  return withDistinctNames(
    rows.map((row) => ({ ...usableFrom(row, accountId), mirror: stateOf(row, at) })),
  )
}

/** A connection of any account, and how fresh its copy is. */
export type CopyState = Pick<ListedConnection, 'accountId' | 'connectionId' | 'mirror' | 'status'>

/** Lists connections and the states of their copies in one statement for every five hundred. */
export async function listCopies(
  db: Db,
  connectionIds: readonly ConnectionId[],
  at: number,
): Promise<readonly CopyState[]> {
  const found = new Map<ConnectionId, CopyState>()
  for (const some of filledChunksOf(connectionIds)) {
    const rows = await connectionsAmong(db, some)
      .leftJoin('mirrors', 'mirrors.connection_id', 'connections.connection_id')
      .select(copyColumns)
      .select(checkOfLiveWebhook(db, 'connections.connection_id').as('next_webhook_check_at'))
      .execute()
    for (const row of rows) {
      const { account_id: accountId, connection_id: connectionId, status } = row
      found.set(connectionId, { accountId, connectionId, status, mirror: stateOf(row, at) })
    }
  }
  return [...found.values()]
}

/** When a connection was last synced, and whether its last sync failed. */
export interface SyncState {
  readonly connectionId: ConnectionId
  readonly asOf: number | undefined
  readonly hasFailed: boolean
}

export async function listSyncStates(
  db: Db,
  connectionIds: readonly ConnectionId[],
): Promise<readonly SyncState[]> {
  if (connectionIds.length === 0) return []
  const rows = await db
    .selectFrom('mirrors')
    .select(['connection_id', 'as_of', 'problem'])
    .where('connection_id', 'in', connectionIds)
    .execute()
  return rows.map((row) => ({
    connectionId: row.connection_id,
    asOf: row.as_of ?? undefined,
    hasFailed: row.problem !== null,
  }))
}

type CopyRow = Pick<
  Awaited<ReturnType<typeof connectionsWithCopies>>[number],
  | 'mirror_id'
  | 'as_of'
  | 'sync_started_at'
  | 'sync_tasks_seen'
  | 'problem'
  | 'sync_leased_until'
  | 'rests_until'
  | 'unread_tasks'
  | 'unread_members'
  | 'unread_names'
  | 'next_webhook_check_at'
>

/** Stored when the list of members could not be read at all. */
export const allMembers = -1

function stateOf(row: CopyRow, at: number): MirrorState | undefined {
  if (row.mirror_id === null) return undefined
  // An expired lease means that the process died, so no sync is running.
  const isSyncing = syncLease.isHeld({ leasedUntil: row.sync_leased_until ?? 0 }, at)
  return {
    asOf: row.as_of ?? undefined,
    syncStartedAt: isSyncing ? (row.sync_started_at ?? undefined) : undefined,
    syncTasksSeen: row.sync_tasks_seen ?? 0,
    problem: problems.find((problem) => problem === row.problem),
    unread: {
      tasks: row.unread_tasks ?? 0,
      members: row.unread_members === allMembers ? 'all' : (row.unread_members ?? 0),
      names: row.unread_names ?? 0,
    },
    isLive: row.next_webhook_check_at !== null,
    nextWebhookCheckAt: row.next_webhook_check_at ?? undefined,
    restsUntil: row.rests_until ?? 0,
  }
}

/** True when a webhook tells Taskr of every change in the connection. */
export async function hasLiveWebhook(db: Db, connectionId: ConnectionId): Promise<boolean> {
  const row = await db
    .selectFrom('webhooks')
    .select('connection_id')
    .where('connection_id', '=', connectionId)
    .where('status', '=', 'active')
    .where('problem', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}
