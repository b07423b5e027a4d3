-- A deadline that Attio gives as a date without a time, such as 2026-11-30: that day everywhere, whatever the reader's
-- time zone. `deadline_at` is then its midnight in UTC.
alter table tasks add column deadline_day text;

drop index tasks_by_deadline;
create index tasks_by_deadline on tasks (
  connection_id, is_completed, deadline_at, created_at, task_id, is_hidden, deadline_day,
  (case when length(assignee_ids) < 500 then assignee_ids end)
);
