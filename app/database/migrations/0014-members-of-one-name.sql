-- 1 for a member whose name another member of the workspace has, too: pages then add the e-mail address.
alter table workspace_members add column shares_name integer not null default 0;
