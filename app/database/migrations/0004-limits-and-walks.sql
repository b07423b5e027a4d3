-- How Taskr holds back towards Attio, over all nodes; and when each copy is read next.

-- One row for each call that may be under way, or was answered within the last second. PostgreSQL only: beside SQLite
-- there is one process, which counts in memory.
create table attio_permits (
  access text not null,
  number integer not null,
  free_at bigint not null,
  lease_number bigint not null,
  constraint attio_permits_pk primary key (access, number),
  constraint attio_permits_access_known check (access in ('read', 'write'))
);

-- Whose copy it is, and when it is read next: a worker walks what is due.
alter table mirrors add column account_id text;
alter table mirrors add column next_walk_at bigint not null default 0;
alter table mirrors add column failures_in_a_row integer not null default 0;

create index mirrors_due on mirrors (next_walk_at);

-- When workers of any node were last at work: after a gap nobody knows what was missed.
create table heartbeats (
  name text not null,
  at bigint not null,
  constraint heartbeats_pk primary key (name)
);
