// The tables of tasks: the mirror of each workspace, changes on their way to Attio, names.
import type { Generated } from 'kysely'
import type {
  AccountId,
  ChangeId,
  ConnectionId,
  MemberId,
  TaskId,
  WorkspaceId,
} from '../../support/ids.ts'

export type TasksTable = {
  connection_id: ConnectionId
  task_id: TaskId
  content: string
  deadline_at: number | null
  deadline_day: string | null
  is_completed: 0 | 1
  completed_at: number | null
  assignee_ids: string
  linked_records: string
  created_by: string | null
  created_at: number
  observed_at: number
  pending: string | null
  observed: string | null
  is_hidden: Generated<0 | 1>
  is_provisional: Generated<0 | 1>
  search_words: Generated<string | null>
  requested_by: MemberId | null
}

export type RemovedTasksTable = {
  connection_id: ConnectionId
  task_id: TaskId
  removed_at: number
}

export type ChangesTable = {
  account_id: AccountId
  change_id: ChangeId
  connection_id: ConnectionId
  workspace_id: WorkspaceId
  task_id: TaskId
  sequence: number
  request_key: string
  kind: 'create' | 'update' | 'delete' | 'replace' | 'note'
  wanted: string
  base: string
  content_hash: string | null
  created_task_id: TaskId | null
  status: 'pending' | 'sent' | 'done' | 'failed' | 'withdrawn'
  problem: string | null
  attempts: number
  unclear_answers: number
  sent_at: number | null
  first_sent_at: number | null
  next_attempt_at: number
  leased_until: number
  lease_number: number
  created_at: number
  finished_at: number | null
  member_id: MemberId | null
  created_note_id: string | null
}

export type WorkspaceMembersTable = {
  connection_id: ConnectionId
  workspace_member_id: MemberId
  first_name: string
  last_name: string
  email_address: string
  access_level: string
  shares_name: Generated<0 | 1>
  observed_at: number
  search_words: Generated<string | null>
}

export type LinkedRecordsTable = {
  connection_id: ConnectionId
  target_object: string
  record_id: string
  object_slug: string
  name: string
  web_url: string | null
  observed_at: number
  search_words: Generated<string | null>
}
