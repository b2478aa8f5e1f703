-- Realtime is not part of the local platform: a stand-in for what the chapter uses of it is made
-- here.
begin;
select plan(29);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 12:00:00';
select pg_temp.sign_up('ada', 'bob', 'eve');
select from add_credits_atomic(pg_temp.id('ada'), 100, 'permanent', 'pack') pack,
  add_credits_atomic(pg_temp.id('ada'), 10, 'promotional', 'code', expires_at => '2026-03-02') code,
  add_credits_atomic(pg_temp.id('bob'), 50, 'permanent', 'pack') other;
create function pg_temp.live(name text) returns text language sql as $$
  select format('#%s %s until %s%s', entry_number, total,
    coalesce(to_char(next_change_at, 'MM-DD HH24:MI'), 'ever'), case when is_told then ' told' end)
  from get_live(pg_temp.id(name))
$$;
create function pg_temp.live_as(caller text, name text) returns text language sql as $$
  select pg_temp.act_as('authenticated', caller);
  select pg_temp.live(name);
$$;

-- Baseline: asked
select is(pg_temp.live('ada'), '#2 110 until 03-01 12:00',
  'live: who never claimed is due a claim');
select from get_user_credits(pg_temp.id('ada'));
select is(pg_temp.live('ada'), '#3 210 until 03-02 00:00',
  'live: the newest entry, what can be spent, and when time changes it');
select is((select as_of from get_live(pg_temp.id('ada'))), '2026-03-01 12:00:00+00'::timestamptz,
  'live: by the clock of the database');
select is(pg_temp.live('eve'), '#0 0 until ever', 'live: an account without a row has nothing');
select is((select count(*) from billing.accounts where id = pg_temp.id('eve')), 0::bigint,
  'live: asking opens no account');
set local test.now to '2026-03-03 12:00:00';
select is(pg_temp.live('ada'), '#3 210 until 03-02 00:00', 'live: asking settles nothing');
select from get_user_credits(pg_temp.id('ada'));
select is(pg_temp.live('ada'), '#4 200 until 04-01 00:00', 'live: a read of the page does');
select from freeze_credits(pg_temp.id('ada'), 'a doubt');
select is(pg_temp.live('ada'), '#4 0 until 04-01 00:00',
  'live: what is frozen is not there to spend');
select from unfreeze_credits(pg_temp.id('ada'), 'no doubt');
select throws_ok(
  $$select pg_temp.live_as('bob', 'ada')$$, 'LCACC', null, 'live: refused for another''s account');
select pg_temp.act_as('postgres');

-- Where there is no Realtime
select throws_ok($$select billing.switch_live(true, 'try')$$, '0A000', null,
  'live: cannot be switched on where there is no Realtime');
select lives_ok($$select billing.switch_live(false, 'to be sure')$$,
  'live: can be switched off where there is none');

create schema realtime;
create table realtime.messages (
  id uuid not null default gen_random_uuid(), topic text not null, extension text not null,
  payload jsonb, event text, private boolean, inserted_at timestamp not null default now()
);
alter table realtime.messages enable row level security;
create function realtime.topic() returns text language sql stable
as $$select current_setting('realtime.topic', true)$$;
create function realtime.send(payload jsonb, event text, topic text, private boolean)
returns void language sql as $$
  insert into realtime.messages (topic, extension, payload, event, private)
  values (topic, 'broadcast', payload, event, private)
$$;
grant usage on schema realtime to anon, authenticated, service_role;
grant select, insert on realtime.messages to anon, authenticated, service_role;
create function pg_temp.told() returns text language plpgsql as $$
declare
  v_told text;
begin
  with m as (delete from realtime.messages returning *)
  select string_agg(format('%s %s %s %s', n, m.event, m.payload, m.private), ', ' order by n)
  into v_told
  from m join unnest(array['ada', 'bob']) n on m.topic = 'billing:' || pg_temp.id(n);
  return v_told;
end $$;
create function pg_temp.hears(caller text, topic text) returns bigint language plpgsql as $$
declare
  v_count bigint;
begin
  perform pg_temp.act_as(case when caller is null then 'anon' else 'authenticated' end, caller);
  perform set_config('realtime.topic', topic, true);
  select count(*) into v_count from realtime.messages;
  perform pg_temp.act_as('postgres');
  return v_count;
end $$;

-- Off
select from deduct_credits_atomic(pg_temp.id('ada'), 1, 'off-1');
select is(pg_temp.told(), null, 'live: off, a spend tells nobody');
select throws_ok($$select billing.switch_live(true, ' ')$$, 'LCOWN', null,
  'live: is switched for a reason');

-- On
select billing.switch_live(true, 'launch');
select is(pg_temp.live('bob'), '#1 50 until 03-01 12:00 told',
  'live: on, pages know that they are told');
select lives_ok($$select billing.switch_live(true, 'again')$$, 'live: on again changes nothing');
select from deduct_credits_atomic(pg_temp.id('ada'), 1, 'on-1');
select is(pg_temp.told(), 'ada entry {"entry": 6} t',
  'live: a spend tells its number, and nothing else, on the private channel of its account');
select from get_user_credits(pg_temp.id('bob'));
delete from realtime.messages;
select from deduct_many(
  array[pg_temp.id('ada'), pg_temp.id('bob'), pg_temp.id('ada'), pg_temp.id('ada')],
  array[1, 1, 1, 1], array['m-1', 'm-2', 'm-3', 'm-4']);
select is(
  (select array[count(*), count(distinct topic)] from realtime.messages), array[2, 2]::bigint[],
  'live: one message for each account of a statement');
delete from realtime.messages;
select from deduct_credits_atomic(pg_temp.id('ada'), 1, 'on-1');
select from deduct_credits_atomic(pg_temp.id('ada'), 100000, 'too-much');
select is(pg_temp.told(), null, 'live: a replay and a refusal tell nothing');
select from add_credits_atomic(
  pg_temp.id('ada'), 5, 'promotional', 'day', expires_at => '2026-03-04');
delete from realtime.messages;
set local test.now to '2026-03-05';
select from expire_subscription_credits();
select is(
  (select array[sum((t.kind = 'expiry')::integer), (select count(*) from realtime.messages)]
   from billing.credit_transactions t where t.account_id = pg_temp.id('ada')),
  array[2, 0]::bigint[],
  'live: what expires is not told: pages know when');

-- Who may listen
select from deduct_credits_atomic(pg_temp.id('ada'), 1, 'on-2');
select is(pg_temp.hears('ada', 'billing:' || pg_temp.id('ada')), 1::bigint,
  'live: a member hears of the account');
select is(pg_temp.hears('bob', 'billing:' || pg_temp.id('ada')), 0::bigint,
  'live: another user does not');
select is(pg_temp.hears(null, 'billing:' || pg_temp.id('ada')), 0::bigint,
  'live: who is not signed in does not');
select is(
  (select count(*) from unnest(array[null, '', 'billing:', 'billing:x', 'room:1',
    'xbilling:' || pg_temp.id('ada'), 'billing:' || pg_temp.id('ada') || E'\n']) topic
   where pg_temp.hears('ada', topic) > 0), 0::bigint,
  'live: nor anyone on a topic that is not an account''s, and the question does not fail');
delete from realtime.messages;

-- No spend fails for a message
drop function realtime.send(jsonb, text, text, boolean);
create function realtime.send(jsonb, text, text, boolean) returns void language plpgsql
as 'begin raise exception ''realtime is down''; end';
select is((select success from deduct_credits_atomic(pg_temp.id('ada'), 1, 'on-3')), true,
  'live: a message that cannot be sent does not refuse the spend');
drop function realtime.send(jsonb, text, text, boolean);
select is((select success from deduct_credits_atomic(pg_temp.id('ada'), 1, 'on-4')), true,
  'live: nor does a Realtime that is gone');
select is_empty($$select * from billing.verify_all()$$, 'live: the books are whole');

-- Off again
select billing.switch_live(false, 'enough');
select is(pg_temp.live('bob'), '#3 149 until 04-01 00:00', 'live: off, pages ask again');
select is_empty($$select polname from pg_policy where polrelid = 'realtime.messages'::regclass$$,
  'live: off, nobody may listen');
select is(
  (select array_agg(reason order by id) from billing.audit_log where action = 'live.switch'),
  array['off: to be sure', 'on: launch', 'on: again', 'off: enough'],
  'live: each switch is audited');

select * from finish();
rollback;
