-- A second factor: codes of an authenticator app, recovery codes, and log-ins that still need a code.

-- One authenticator app per account. Until a first code confirms it, it belongs to the session that sets it up.
create table second_factors (
  account_id text not null,
  factor_id text not null,
  session_id text not null,
  sealed_secret text not null,
  created_at bigint not null,
  confirmed_at bigint,
  -- The time step of the latest code used. A code counts only when its step is later.
  last_step bigint not null,
  constraint second_factors_pk primary key (account_id),
  constraint second_factors_factor_id_unique unique (factor_id),
  constraint second_factors_account_fk foreign key (account_id) references accounts (account_id) on delete cascade
);

create table recovery_codes (
  account_id text not null,
  code_hash text not null,
  created_at bigint not null,
  constraint recovery_codes_pk primary key (account_id, code_hash),
  constraint recovery_codes_account_fk foreign key (account_id) references accounts (account_id) on delete cascade
);

-- A right password that waits for its code, in one browser.
create table unfinished_sign_ins (
  account_id text not null,
  sign_in_id text not null,
  secret_hash text not null,
  created_at bigint not null,
  expires_at bigint not null,
  constraint unfinished_sign_ins_pk primary key (account_id, sign_in_id),
  constraint unfinished_sign_ins_secret_hash_unique unique (secret_hash),
  constraint unfinished_sign_ins_account_fk foreign key (account_id) references accounts (account_id) on delete cascade
);

create index unfinished_sign_ins_expires_at on unfinished_sign_ins (expires_at);
