-- Who may sign up, and who runs this Taskr.

alter table accounts add column is_operator integer not null default 0;
-- The invitation to a seat that let this account sign up where sign-up is by invitation: each lets one account in.
alter table accounts add column invitation_hash text;
create unique index accounts_invitation_hash on accounts (invitation_hash);

-- One row, once the installation has had an account. Two first sign-ups at once both want to add it, and one succeeds.
create table first_accounts (
  installation integer not null,
  account_id text not null,
  constraint first_accounts_pk primary key (installation),
  constraint first_accounts_one check (installation = 1)
);

-- The oldest account of an installation that is older than this table does not become its operator.
insert into first_accounts (installation, account_id)
select 1, account_id from accounts order by account_id limit 1;

-- Links with which one person may sign up: mailed to an address that a person typed, or made by an operator.
create table sign_up_links (
  sign_up_link_id text not null,
  secret_hash text not null,
  made_by text not null,
  -- Where the link was mailed. Who opens the link reads mail there.
  email_address text,
  -- The invitation to a seat that the person had who asked for the link.
  invitation_hash text,
  created_at bigint not null,
  expires_at bigint not null,
  constraint sign_up_links_pk primary key (sign_up_link_id),
  constraint sign_up_links_secret_hash_unique unique (secret_hash),
  constraint sign_up_links_made_by_known check (made_by in ('person', 'operator'))
);

create index sign_up_links_expires_at on sign_up_links (expires_at);

-- Mail to an address that has no account yet belongs to none.
create table mails_of_anyone (
  account_id text,
  mail_id text not null,
  kind text not null,
  sealed_letter text not null,
  created_at bigint not null,
  useless_at bigint not null,
  attempts integer not null,
  next_attempt_at bigint not null,
  leased_until bigint not null,
  lease_number bigint not null,
  constraint mails_by_id_pk primary key (mail_id),
  constraint mails_of_account_fk foreign key (account_id) references accounts (account_id) on delete cascade
);

insert into mails_of_anyone (
  account_id, mail_id, kind, sealed_letter, created_at, useless_at, attempts, next_attempt_at, leased_until, lease_number
)
select
  account_id, mail_id, kind, sealed_letter, created_at, useless_at, attempts, next_attempt_at, leased_until, lease_number
from mails;

drop table mails;
alter table mails_of_anyone rename to mails;
create index mails_next_attempt_at on mails (next_attempt_at);
create index mails_account_id on mails (account_id);
