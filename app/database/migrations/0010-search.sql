-- Full-text search. The app writes each row's words, folded to plain lower-case letters and separated by spaces, into
-- search_words; null means not written yet. Each engine indexes them with what it brings. Every indexed word begins with
-- its connection and kind (t, r or m), so that a search reads only the words of its owner.

alter table tasks add column search_words text;
alter table linked_records add column search_words text;
alter table workspace_members add column search_words text;

-- For writing the words of the rows that are there already.
create index tasks_without_words on tasks (connection_id) where search_words is null;
create index linked_records_without_words on linked_records (connection_id) where search_words is null;
create index workspace_members_without_words on workspace_members (connection_id) where search_words is null;

-- SQLite: an FTS5 index without a copy of the words. search_documents maps its row numbers, which must survive a VACUUM,
-- to what they stand for. Triggers keep both right.

-- only sqlite
create table search_documents (
  document_number integer primary key,
  connection_id text not null,
  kind text not null,
  document_id text not null,
  constraint search_documents_unique unique (connection_id, kind, document_id)
);

-- only sqlite
create virtual table search_index using fts5 (
  words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '-/@#!_'"
);

-- only sqlite
create trigger tasks_search_inserted after insert on tasks when new.search_words is not null begin
  insert into search_documents (connection_id, kind, document_id)
  values (new.connection_id, 't', new.task_id) on conflict do nothing
  ; insert into search_index (rowid, words) values (
    (
      select document_number from search_documents
      where connection_id = new.connection_id and kind = 't' and document_id = new.task_id
    ),
    replace(' ' || new.search_words, ' ', ' ' || new.connection_id || '/t/')
  )
  ; end;

-- only sqlite
create trigger tasks_search_updated after update of search_words on tasks
when new.search_words is distinct from old.search_words begin
  delete from search_index where rowid = (
    select document_number from search_documents
    where connection_id = old.connection_id and kind = 't' and document_id = old.task_id
  )
  ; insert into search_documents (connection_id, kind, document_id)
  values (new.connection_id, 't', new.task_id) on conflict do nothing
  ; insert into search_index (rowid, words) values (
    (
      select document_number from search_documents
      where connection_id = new.connection_id and kind = 't' and document_id = new.task_id
    ),
    replace(' ' || new.search_words, ' ', ' ' || new.connection_id || '/t/')
  )
  ; end;

-- only sqlite
create trigger tasks_search_deleted after delete on tasks when old.search_words is not null begin
  delete from search_index where rowid = (
    select document_number from search_documents
    where connection_id = old.connection_id and kind = 't' and document_id = old.task_id
  )
  ; delete from search_documents
  where connection_id = old.connection_id and kind = 't' and document_id = old.task_id
  ; end;

-- only sqlite
create trigger linked_records_search_inserted after insert on linked_records when new.search_words is not null begin
  insert into search_documents (connection_id, kind, document_id)
  values (new.connection_id, 'r', new.target_object || '/' || new.record_id) on conflict do nothing
  ; insert into search_index (rowid, words) values (
    (
      select document_number from search_documents
      where connection_id = new.connection_id and kind = 'r' and document_id = new.target_object || '/' || new.record_id
    ),
    replace(' ' || new.search_words, ' ', ' ' || new.connection_id || '/r/')
  )
  ; end;

-- only sqlite
create trigger linked_records_search_updated after update of search_words on linked_records
when new.search_words is distinct from old.search_words begin
  delete from search_index where rowid = (
    select document_number from search_documents
    where connection_id = old.connection_id and kind = 'r' and document_id = old.target_object || '/' || old.record_id
  )
  ; insert into search_documents (connection_id, kind, document_id)
  values (new.connection_id, 'r', new.target_object || '/' || new.record_id) on conflict do nothing
  ; insert into search_index (rowid, words) values (
    (
      select document_number from search_documents
      where connection_id = new.connection_id and kind = 'r' and document_id = new.target_object || '/' || new.record_id
    ),
    replace(' ' || new.search_words, ' ', ' ' || new.connection_id || '/r/')
  )
  ; end;

-- only sqlite
create trigger linked_records_search_deleted after delete on linked_records when old.search_words is not null begin
  delete from search_index where rowid = (
    select document_number from search_documents
    where connection_id = old.connection_id and kind = 'r' and document_id = old.target_object || '/' || old.record_id
  )
  ; delete from search_documents
  where connection_id = old.connection_id and kind = 'r' and document_id = old.target_object || '/' || old.record_id
  ; end;

-- only sqlite
create trigger workspace_members_search_inserted after insert on workspace_members when new.search_words is not null begin
  insert into search_documents (connection_id, kind, document_id)
  values (new.connection_id, 'm', new.workspace_member_id) on conflict do nothing
  ; insert into search_index (rowid, words) values (
    (
      select document_number from search_documents
      where connection_id = new.connection_id and kind = 'm' and document_id = new.workspace_member_id
    ),
    replace(' ' || new.search_words, ' ', ' ' || new.connection_id || '/m/')
  )
  ; end;

-- only sqlite
create trigger workspace_members_search_updated after update of search_words on workspace_members
when new.search_words is distinct from old.search_words begin
  delete from search_index where rowid = (
    select document_number from search_documents
    where connection_id = old.connection_id and kind = 'm' and document_id = old.workspace_member_id
  )
  ; insert into search_documents (connection_id, kind, document_id)
  values (new.connection_id, 'm', new.workspace_member_id) on conflict do nothing
  ; insert into search_index (rowid, words) values (
    (
      select document_number from search_documents
      where connection_id = new.connection_id and kind = 'm' and document_id = new.workspace_member_id
    ),
    replace(' ' || new.search_words, ' ', ' ' || new.connection_id || '/m/')
  )
  ; end;

-- only sqlite
create trigger workspace_members_search_deleted after delete on workspace_members when old.search_words is not null begin
  delete from search_index where rowid = (
    select document_number from search_documents
    where connection_id = old.connection_id and kind = 'm' and document_id = old.workspace_member_id
  )
  ; delete from search_documents
  where connection_id = old.connection_id and kind = 'm' and document_id = old.workspace_member_id
  ; end;

-- PostgreSQL: an index over an expression; matching-words.ts repeats it. Without a pending list, which a search would read
-- from end to end.

-- only postgres
create index tasks_search on tasks using gin (
  array_to_tsvector(array_remove(string_to_array(
    replace(' ' || search_words, ' ', ' ' || connection_id || '/t/'), ' '), ''))
) with (fastupdate = off);

-- only postgres
create index linked_records_search on linked_records using gin (
  array_to_tsvector(array_remove(string_to_array(
    replace(' ' || search_words, ' ', ' ' || connection_id || '/r/'), ' '), ''))
) with (fastupdate = off);

-- only postgres
create index workspace_members_search on workspace_members using gin (
  array_to_tsvector(array_remove(string_to_array(
    replace(' ' || search_words, ' ', ' ' || connection_id || '/m/'), ' '), ''))
) with (fastupdate = off);
