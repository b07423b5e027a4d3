// The tables of syncs and webhooks.
import type { Generated } from 'kysely'
import type { AccountId, ConnectionId, RefetchRequestId, TaskId } from '../../support/ids.ts'

export type MirrorsTable = {
  connection_id: ConnectionId
  as_of: number | null
  sync_started_at: number | null
  sync_tasks_seen: number
  problem: string | null
  leased_until: number
  lease_number: number
  account_id: AccountId | null
  next_sync_at: Generated<number>
  failures_in_a_row: Generated<number>
  unread_tasks: Generated<number>
  unread_members: Generated<number>
  unread_names: Generated<number>
  rests_until: Generated<number>
}

export type HeartbeatsTable = {
  name: string
  at: number
}

export type WebhooksTable = {
  account_id: AccountId
  connection_id: ConnectionId
  key_hash: string | null
  webhook_id: string | null
  sealed_secret: string | null
  status: 'none' | 'creating' | 'active'
  problem: string | null
  failures: number
  made_at: number | null
  last_delivery_at: number | null
  next_check_at: number
  leased_until: number
  lease_number: number
}

export type WebhookDeliveriesTable = {
  connection_id: ConnectionId
  idempotency_hash: string
  body_hash: string
  received_at: number
}

export type RefetchRequestsTable = {
  account_id: AccountId
  connection_id: ConnectionId
  refetch_request_id: RefetchRequestId
  about: 'task' | 'members' | 'everything'
  task_id: TaskId | '' | 'names'
  number: number
  requested_at: number
  attempts: number
  next_attempt_at: number
  leased_until: number
  lease_number: number
}
