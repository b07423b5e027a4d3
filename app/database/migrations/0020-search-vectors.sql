-- PostgreSQL takes the expression of the search indexes for as cheap as a comparison, and then reads a whole table through
-- it instead of the index. A function can say what it costs. It is not marked as parallel safe: starting another process
-- takes longer than a search.

-- only postgres
create function search_vector(words text, place text) returns tsvector language plpgsql immutable cost 1000
as 'begin return array_to_tsvector(array_remove(string_to_array(replace('' '' || words, '' '', '' '' || place), '' ''), '''')); end';

-- only postgres
drop index tasks_search;

-- only postgres
create index tasks_search on tasks using gin (search_vector(search_words, connection_id || '/t/')) with (fastupdate = off);

-- only postgres
drop index linked_records_search;

-- only postgres
create index linked_records_search on linked_records
using gin (search_vector(search_words, connection_id || '/r/')) with (fastupdate = off);

-- only postgres
drop index workspace_members_search;

-- only postgres
create index workspace_members_search on workspace_members
using gin (search_vector(search_words, connection_id || '/m/')) with (fastupdate = off);
