-- An account without a password confirms who its person is at the identity provider. Such a request belongs to the session
-- that began it; the session remembers when its person logged in there anew.
alter table sign_on_requests add column account_id text;
alter table sign_on_requests add column session_id text;
alter table sessions add column provider_confirmed_at bigint;
