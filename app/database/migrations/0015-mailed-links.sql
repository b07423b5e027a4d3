-- Addresses that are verified by a mailed link, and passwords that are reset by one.

-- The verified address in lower case, to find accounts by it. Not unique: one person may have several accounts.
alter table accounts add column verified_email_key text;
create index accounts_verified_email_key on accounts (verified_email_key);

create table mailed_links (
  account_id text not null,
  link_id text not null,
  purpose text not null,
  secret_hash text not null,
  email_address text not null,
  created_at bigint not null,
  expires_at bigint not null,
  constraint mailed_links_pk primary key (account_id, link_id),
  constraint mailed_links_secret_hash_unique unique (secret_hash),
  constraint mailed_links_account_fk foreign key (account_id) references accounts (account_id) on delete cascade,
  constraint mailed_links_purpose_known check (purpose in ('verify-address', 'reset-password'))
);

create index mailed_links_expires_at on mailed_links (expires_at);

-- Requests for a reset link, by the address that was typed. A worker looks it up later, so that the answer to the form
-- takes the same time for every address.
create table reset_requests (
  reset_request_id text not null,
  email_key text not null,
  created_at bigint not null,
  next_attempt_at bigint not null,
  leased_until bigint not null,
  lease_number bigint not null,
  constraint reset_requests_pk primary key (reset_request_id)
);

create index reset_requests_next_attempt_at on reset_requests (next_attempt_at);
