-- What people change in Taskr, on its way to Attio; and how the mirror shows it meanwhile.

-- A row shows what Attio said (`observed`, where that differs) with what is on its way over it (`pending`).
alter table tasks add column pending text;
alter table tasks add column observed text;
-- A task that is about to be deleted, or that another replaces.
alter table tasks add column is_hidden integer not null default 0;
-- A task that Attio does not have yet: its id is that of the change that creates it.
alter table tasks add column is_provisional integer not null default 0;

create index tasks_pending on tasks (connection_id, task_id) where pending is not null;

-- Tombstones: an answer that was on its way when a task went must not bring it back.
create table removed_tasks (
  connection_id text not null,
  task_id text not null,
  removed_at bigint not null,
  constraint removed_tasks_pk primary key (connection_id, task_id)
);

create index removed_tasks_removed_at on removed_tasks (removed_at);

create table changes (
  account_id text not null,
  change_id text not null,
  connection_id text not null,
  workspace_id text not null,
  task_id text not null,
  -- The order of the changes of one task, from 1. Only the first that is not finished is ever due.
  sequence integer not null,
  -- Of the form that asked: the same form twice is one change.
  request_key text not null,
  kind text not null,
  wanted text not null,
  base text not null,
  content_hash text,
  created_task_id text,
  status text not null,
  problem text,
  attempts integer not null,
  -- How often Attio answered this change with an error of its own (500) or with something unreadable.
  unclear_answers integer not null,
  sent_at bigint,
  next_attempt_at bigint not null,
  leased_until bigint not null,
  lease_number bigint not null,
  created_at bigint not null,
  finished_at bigint,
  constraint changes_pk primary key (account_id, change_id),
  constraint changes_request_key_unique unique (account_id, request_key),
  constraint changes_sequence_unique unique (connection_id, task_id, sequence),
  constraint changes_created_task_unique unique (created_task_id),
  constraint changes_kind_known check (kind in ('create', 'update', 'delete', 'replace')),
  constraint changes_status_known check (status in ('pending', 'sent', 'done', 'failed', 'withdrawn'))
);

create index changes_due on changes (status, next_attempt_at);
-- For every page: what is on its way, and what stands as refused.
create index changes_by_account on changes (account_id, status, change_id);
-- For every task that Attio tells of: creates whose answer was lost, of which there are few.
create index changes_lost on changes (connection_id) where sent_at is not null;
create index changes_lost_by_text on changes (workspace_id, content_hash) where sent_at is not null;
create index changes_by_task on changes (connection_id, task_id, sequence);
create index changes_finished_at on changes (finished_at);
