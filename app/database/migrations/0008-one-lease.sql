-- One lease for all queues, and the trade's word for reading a whole workspace again: sync.

alter table mirrors rename column walk_started_at to sync_started_at;
alter table mirrors rename column walk_tasks_seen to sync_tasks_seen;
alter table mirrors rename column next_walk_at to next_sync_at;
-- After a failed sync, a page view starts no new one until then. This used to be a lease.
alter table mirrors add column rests_until bigint not null default 0;

update heartbeats set name = 'syncs' where name = 'walks';

-- The daily check of a connection: when it is due, and which worker does it.
alter table connections add column next_check_at bigint not null default 0;
alter table connections add column leased_until bigint not null default 0;
alter table connections add column lease_number bigint not null default 0;
update connections set next_check_at = checked_at + 86400000;
create index connections_next_check_at on connections (next_check_at);

-- A permit is leased during a call, and due again at free_at.
alter table attio_permits add column leased_until bigint not null default 0;
