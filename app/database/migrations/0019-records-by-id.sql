-- For the names of the records that a page shows: tasks name them by ID, and a workspace may have very many.

create index linked_records_by_id on linked_records (connection_id, record_id);
