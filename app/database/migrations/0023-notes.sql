-- A note on a linked record, which a person writes when they complete a task, is a change of its own kind.
alter table changes drop constraint changes_kind_known;
alter table changes add constraint changes_kind_known
  check (kind in ('create', 'update', 'delete', 'replace', 'note'));

-- The note that a change made at Attio.
alter table changes add column created_note_id text;
create unique index changes_created_note on changes (created_note_id) where created_note_id is not null;
