-- Everything the first way through Taskr needs. Portable: SQLite and PostgreSQL run this file as it stands.
-- Ids are text (UUIDv7, made by us), instants are bigint milliseconds, truth is integer 0/1, JSON is text.

create table accounts (
  account_id text not null,
  username text not null,
  username_key text not null,
  email_address text,
  password_hash text not null,
  time_zone text not null,
  created_at bigint not null,
  constraint accounts_pk primary key (account_id),
  constraint accounts_username_key_unique unique (username_key)
);

create table sessions (
  account_id text not null,
  session_id text not null,
  cookie_hash text not null,
  user_agent text not null,
  created_at bigint not null,
  last_seen_at bigint not null,
  password_confirmed_at bigint not null,
  expires_at bigint not null,
  constraint sessions_pk primary key (account_id, session_id),
  constraint sessions_cookie_hash_unique unique (cookie_hash),
  constraint sessions_account_fk foreign key (account_id) references accounts (account_id) on delete cascade
);

create index sessions_expires_at on sessions (expires_at);

create table events (
  account_id text not null,
  event_id text not null,
  kind text not null,
  at bigint not null,
  connection_id text,
  details text not null,
  constraint events_pk primary key (account_id, event_id)
);

create table authorization_requests (
  account_id text not null,
  authorization_request_id text not null,
  session_id text not null,
  state_hash text not null,
  browser_hash text not null,
  sealed_code_verifier text not null,
  redirect_uri text not null,
  reconnects_connection_id text,
  sealed_code text,
  created_at bigint not null,
  expires_at bigint not null,
  constraint authorization_requests_pk primary key (account_id, authorization_request_id),
  constraint authorization_requests_state_hash_unique unique (state_hash),
  constraint authorization_requests_account_fk foreign key (account_id) references accounts (account_id) on delete cascade
);

create index authorization_requests_expires_at on authorization_requests (expires_at);

create table connections (
  account_id text not null,
  connection_id text not null,
  workspace_id text not null,
  workspace_name text not null,
  workspace_slug text not null,
  workspace_member_id text,
  scopes text not null,
  status text not null,
  sealed_access_token text not null,
  created_at bigint not null,
  updated_at bigint not null,
  checked_at bigint not null,
  constraint connections_pk primary key (account_id, connection_id),
  constraint connections_connection_id_unique unique (connection_id),
  constraint connections_workspace_unique unique (account_id, workspace_id),
  -- No cascade: an account cannot go while a connection of it still holds a token that nobody revokes.
  constraint connections_account_fk foreign key (account_id) references accounts (account_id),
  constraint connections_status_known check (status in ('active', 'needs-reconnect', 'missing-scopes', 'disconnecting'))
);

create table revocations (
  account_id text not null,
  revocation_id text not null,
  connection_id text not null,
  workspace_name text not null,
  sealed_access_token text,
  status text not null,
  attempts integer not null,
  last_answer text,
  next_attempt_at bigint not null,
  leased_until bigint not null,
  lease_number bigint not null,
  created_at bigint not null,
  finished_at bigint,
  constraint revocations_pk primary key (account_id, revocation_id),
  constraint revocations_status_known check (status in ('held', 'pending', 'revoked', 'gave-up'))
);

create index revocations_due on revocations (status, next_attempt_at);

create table mirrors (
  connection_id text not null,
  as_of bigint,
  walk_started_at bigint,
  walk_tasks_seen integer not null,
  problem text,
  leased_until bigint not null,
  lease_number bigint not null,
  constraint mirrors_pk primary key (connection_id)
);

create table tasks (
  connection_id text not null,
  task_id text not null,
  content text not null,
  deadline_at bigint,
  is_completed integer not null,
  completed_at bigint,
  assignee_ids text not null,
  linked_records text not null,
  created_by text,
  created_at bigint not null,
  observed_at bigint not null,
  constraint tasks_pk primary key (connection_id, task_id)
);

create index tasks_by_deadline on tasks (connection_id, is_completed, deadline_at, created_at, task_id);

-- Whose tasks: what `assignee_ids` says, for looking up by member.
create table task_assignees (
  connection_id text not null,
  workspace_member_id text not null,
  task_id text not null,
  constraint task_assignees_pk primary key (connection_id, workspace_member_id, task_id)
);

create index task_assignees_by_task on task_assignees (connection_id, task_id);

create table workspace_members (
  connection_id text not null,
  workspace_member_id text not null,
  first_name text not null,
  last_name text not null,
  email_address text not null,
  access_level text not null,
  observed_at bigint not null,
  constraint workspace_members_pk primary key (connection_id, workspace_member_id)
);

create table linked_records (
  connection_id text not null,
  target_object text not null,
  record_id text not null,
  object_slug text not null,
  name text not null,
  web_url text,
  observed_at bigint not null,
  constraint linked_records_pk primary key (connection_id, target_object, record_id)
);

-- One sealed known value per key: Taskr does not start when a key that sealed data is missing or wrong.
create table key_checks (
  key_id text not null,
  sealed_value text not null,
  constraint key_checks_pk primary key (key_id)
);

-- Counters of rate-limiter-flexible, shared between nodes on PostgreSQL (its own column names).
create table rate_limits (
  key text not null,
  points integer not null,
  expire bigint,
  constraint rate_limits_pk primary key (key)
);
