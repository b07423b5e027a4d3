-- For the first members of a workspace by name: a page shows a few of them, and a workspace may have very many.

create index workspace_members_by_name
on workspace_members (connection_id, first_name, last_name, workspace_member_id);
