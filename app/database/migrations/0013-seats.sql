-- Seats: colleagues who work through one connection, each as one workspace member.

-- The owner's row of `connections` is the permission; a seat is a share in it. One active seat per account and per member.
create table seats (
  connection_id text not null,
  account_id text not null,
  workspace_member_id text not null,
  -- Kept for the message after the seat has ended, when the copy of the workspace may be gone.
  workspace_name text not null,
  member_name text not null,
  sees text not null,
  may_link integer not null,
  state text not null,
  joined_at bigint not null,
  last_seen_at bigint not null,
  ended_at bigint,
  -- The texts of changes that were not sent when the seat ended.
  unsent text not null,
  constraint seats_pk primary key (connection_id, account_id),
  constraint seats_account_fk foreign key (account_id) references accounts (account_id) on delete cascade,
  constraint seats_sees_known check (sees in ('own', 'everyone')),
  constraint seats_state_known check (state in ('active', 'removed', 'suspended', 'left', 'disconnected'))
);

create unique index seats_by_member on seats (connection_id, workspace_member_id) where state = 'active';
create index seats_by_account on seats (account_id, state);

-- One invitation per member: a new one replaces the one before, whose link then leads nowhere.
create table invitations (
  connection_id text not null,
  workspace_member_id text not null,
  secret_hash text not null,
  sees text not null,
  may_link integer not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  constraint invitations_pk primary key (connection_id, workspace_member_id),
  constraint invitations_secret_hash_unique unique (secret_hash),
  constraint invitations_sees_known check (sees in ('own', 'everyone'))
);

create index invitations_expires_at on invitations (expires_at);

-- Connections to a workspace, of any account: whether it is connected here already.
create index connections_by_workspace on connections (workspace_id);

-- The member whose approval the token comes from, when a seat reconnected; otherwise the owner's member.
alter table connections add column approver_id text;

-- The member for whom a change was made, and for whom Taskr created a task.
alter table changes add column member_id text;
alter table tasks add column requested_by text;

-- Set once the address is known to reach the account's person.
alter table accounts add column email_verified_at bigint;
