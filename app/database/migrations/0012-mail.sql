-- The queue of mail. A row is deleted once the mail server has taken its letter.

create table mails (
  account_id text not null,
  mail_id text not null,
  kind text not null,
  -- Recipient, subject and text, with any link in it: sealed, since a link opens an account.
  sealed_letter text not null,
  created_at bigint not null,
  -- After this time the letter is useless, so it is deleted instead of sent.
  useless_at bigint not null,
  attempts integer not null,
  next_attempt_at bigint not null,
  leased_until bigint not null,
  lease_number bigint not null,
  constraint mails_pk primary key (account_id, mail_id),
  constraint mails_account_fk foreign key (account_id) references accounts (account_id) on delete cascade
);

create index mails_next_attempt_at on mails (next_attempt_at);
