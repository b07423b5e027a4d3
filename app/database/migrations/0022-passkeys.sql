-- Passkeys, and the challenges that browsers are about to sign with one.

create table passkeys (
  account_id text not null,
  passkey_id text not null,
  credential_id text not null,
  -- COSE, in base64url
  public_key text not null,
  -- How often the authenticator says it was used; 0 from one that does not count.
  counter bigint not null,
  -- JSON, as the browser reported them
  transports text not null,
  name text not null,
  -- 1 when it is synced to other devices of its owner
  is_synced integer not null,
  created_at bigint not null,
  last_used_at bigint,
  constraint passkeys_pk primary key (account_id, passkey_id),
  constraint passkeys_credential_id_unique unique (credential_id),
  constraint passkeys_account_fk foreign key (account_id) references accounts (account_id) on delete cascade
);

create table passkey_challenges (
  -- SHA-256 of a secret that the browser holds
  browser_hash text not null,
  purpose text not null,
  -- the session that asked; none before a log-in
  account_id text,
  session_id text,
  challenge text not null,
  created_at bigint not null,
  expires_at bigint not null,
  constraint passkey_challenges_pk primary key (browser_hash),
  constraint passkey_challenges_account_fk foreign key (account_id) references accounts (account_id) on delete cascade,
  constraint passkey_challenges_purpose_known check (purpose in ('add', 'sign-in', 'confirm'))
);

create index passkey_challenges_expires_at on passkey_challenges (expires_at);
create index passkey_challenges_account_id on passkey_challenges (account_id);
