-- The trade's words for what a webhook gives reason to: a request to read something in Attio again.

alter table webhook_hints rename to refetch_requests;
alter table refetch_requests rename column hint_id to refetch_request_id;
alter table refetch_requests rename column noted_at to requested_at;
drop index webhook_hints_next_attempt_at;
create index refetch_requests_next_attempt_at on refetch_requests (next_attempt_at);

alter table webhooks rename column next_look_at to next_check_at;
drop index webhooks_next_look_at;
create index webhooks_next_check_at on webhooks (next_check_at);
