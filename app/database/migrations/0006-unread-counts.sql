-- What the last sync of a connection could not read: one strange task, member or name holds up nothing else.

alter table mirrors add column unread_tasks integer not null default 0;
alter table mirrors add column unread_members integer not null default 0;
alter table mirrors add column unread_names integer not null default 0;
