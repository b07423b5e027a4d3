-- Operators: the people who run this Taskr, what they did, and the accounts that they locked.

alter table accounts add column locked_at bigint;

-- Accounts are found by the beginning of a name or an address.
create index accounts_username_start on accounts (substr(username_key, 1, 3));
create index accounts_email_start on accounts (substr(verified_email_key, 1, 3));

-- What operators did. It names accounts by their ids only, so that nothing of a deleted account stays.
create table operator_events (
  event_id text not null,
  at bigint not null,
  kind text not null,
  -- Null when the command did it.
  operator_id text,
  account_id text,
  constraint operator_events_pk primary key (event_id)
);

create index operator_events_at on operator_events (at);
