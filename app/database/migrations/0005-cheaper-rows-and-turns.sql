-- Whose a task is stands in its row; a second table of it was most of what saving a task cost, and led to no row sooner.

drop table task_assignees;

-- With what lists and counts ask beside the order, so that they read few rows; but a long list of people stays in its row
-- alone: what stands in an index of PostgreSQL must be short.
drop index tasks_by_deadline;
create index tasks_by_deadline on tasks (
  connection_id, is_completed, deadline_at, created_at, task_id, is_hidden,
  (case when length(assignee_ids) < 500 then assignee_ids end)
);

-- Whose turn it is: the eldest that is due of the next connection, however many others wait.
drop index changes_due;
create index changes_in_turn on changes (
  connection_id, created_at, change_id, next_attempt_at, leased_until
) where status in ('pending', 'sent');

-- When a create first left: its work is not older, however long it waited before.
alter table changes add column first_sent_at bigint;

-- For every task that an app made: whether it is the work of one of the creates whose answer was lost.
drop index changes_lost;
create index changes_lost on changes (connection_id, content_hash) where sent_at is not null;
