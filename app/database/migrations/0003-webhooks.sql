-- How Attio tells Taskr of changes: one webhook per connection, what it delivered, and what that gives reason to look at.

create table webhooks (
  account_id text not null,
  connection_id text not null,
  -- SHA-256 of the last segment of the address that Attio delivers to. There before Attio is asked for the webhook.
  key_hash text,
  -- Attio's id of it, and its secret: there once Attio's answer was stored.
  webhook_id text,
  sealed_secret text,
  status text not null,
  -- Why it is not made, or not looked at.
  problem text,
  -- Looks in a row that came to nothing.
  failures integer not null,
  made_at bigint,
  last_delivery_at bigint,
  next_look_at bigint not null,
  leased_until bigint not null,
  lease_number bigint not null,
  constraint webhooks_pk primary key (connection_id),
  constraint webhooks_key_hash_unique unique (key_hash),
  constraint webhooks_status_known check (status in ('none', 'creating', 'active'))
);

create index webhooks_next_look_at on webhooks (next_look_at);

-- Connections from before: each gets its webhook when it is looked at.
insert into webhooks (account_id, connection_id, status, failures, next_look_at, leased_until, lease_number)
select account_id, connection_id, 'none', 0, 0, 0, 0 from connections;

-- What was delivered, so that the same message again is recognised. Ids of Attio's only, as hashes.
create table webhook_deliveries (
  connection_id text not null,
  idempotency_hash text not null,
  body_hash text not null,
  received_at bigint not null,
  constraint webhook_deliveries_pk primary key (connection_id, idempotency_hash, body_hash)
);

create index webhook_deliveries_received_at on webhook_deliveries (received_at);

-- Reasons to look at something in Attio, until that was done: one row however many deliveries gave the reason.
create table webhook_hints (
  account_id text not null,
  connection_id text not null,
  hint_id text not null,
  about text not null,
  task_id text not null,
  -- Grows with each reason: a look that began before the latest one is not enough.
  number bigint not null,
  noted_at bigint not null,
  attempts integer not null,
  next_attempt_at bigint not null,
  leased_until bigint not null,
  lease_number bigint not null,
  constraint webhook_hints_pk primary key (connection_id, hint_id),
  constraint webhook_hints_about_unique unique (connection_id, about, task_id),
  constraint webhook_hints_about_known check (about in ('task', 'members', 'everything'))
);

create index webhook_hints_next_attempt_at on webhook_hints (next_attempt_at);

-- The webhook of a connection that ended goes before its token does. By id, or by the hash of its key when Attio was
-- being asked to make it.
alter table revocations add column webhook_id text;
alter table revocations add column webhook_key_hash text;
alter table revocations add column webhook_status text;
alter table revocations add column webhook_attempts integer not null default 0;
alter table revocations add column webhook_answer text;
