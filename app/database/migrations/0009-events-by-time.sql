-- Old events are removed by their time.
create index events_at on events (at);
