-- A stand-in for what a message of Supabase Realtime costs the database: a row with two indexes in a
-- table partitioned by day, a setting, and a block that survives errors. Delivering it is another
-- server's work.
create schema realtime;
create table realtime.messages (
  id          uuid not null default gen_random_uuid(),
  topic       text not null,
  extension   text not null,
  event       text,
  payload     jsonb,
  private     boolean,
  inserted_at timestamp not null default now(),
  primary key (id, inserted_at)
) partition by range (inserted_at);
create index on realtime.messages (inserted_at desc, topic) where private;
create table realtime.messages_of_all_days partition of realtime.messages
  for values from ('-infinity') to ('infinity');
alter table realtime.messages enable row level security;

create function realtime.topic() returns text language plpgsql stable
as $$begin return current_setting('realtime.topic', true); end$$;
create function realtime.send(payload jsonb, event text, topic text, private boolean)
returns void language plpgsql as $$
begin
  begin
    execute format('set local realtime.topic = %L', topic);
    insert into realtime.messages (topic, extension, event, payload, private)
    values (topic, 'broadcast', event, payload || jsonb_build_object('id', gen_random_uuid()),
      private);
  exception when others then
    raise warning 'a message was not sent';
  end;
end $$;
