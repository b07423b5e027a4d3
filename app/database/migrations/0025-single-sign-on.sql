-- Signing in with the operator's identity provider (OpenID Connect).

-- A log-in that was sent to the provider and has not come back. Everything secret about it is derived from a cookie of
-- the browser that began it; the row makes sure that it comes back once, in time.
create table sign_on_requests (
  state_hash text not null,
  return_to text not null,
  created_at bigint not null,
  expires_at bigint not null,
  constraint sign_on_requests_pk primary key (state_hash)
);

create index sign_on_requests_expires_at on sign_on_requests (expires_at);

-- A person of the provider, and the account that they sign in to.
create table sign_on_identities (
  account_id text not null,
  issuer text not null,
  subject text not null,
  email_address text not null,
  linked_at bigint not null,
  last_used_at bigint not null,
  constraint sign_on_identities_pk primary key (account_id, issuer),
  constraint sign_on_identities_subject_unique unique (issuer, subject),
  constraint sign_on_identities_account_fk foreign key (account_id) references accounts (account_id) on delete cascade
);

-- A person of the provider who has proved who they are and has no account yet, or must still give its password.
create table sign_on_arrivals (
  secret_hash text not null,
  issuer text not null,
  subject text not null,
  email_address text not null,
  suggested_name text not null,
  return_to text not null,
  created_at bigint not null,
  expires_at bigint not null,
  constraint sign_on_arrivals_pk primary key (secret_hash)
);

create index sign_on_arrivals_expires_at on sign_on_arrivals (expires_at);
