-- A number for each account and each connection that grows with every change that can be seen on a page. It is raised in
-- the transaction of the change (app/database/revisions), and a page is kept and told apart by it.

create table revisions (
  owner_id text not null,
  revision bigint not null,
  constraint revisions_pk primary key (owner_id)
);

insert into revisions (owner_id, revision) select account_id, 1 from accounts;
insert into revisions (owner_id, revision) select connection_id, 1 from connections;
