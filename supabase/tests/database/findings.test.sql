begin;
select plan(13);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01 09:00';
\ir fixtures/shop.psql
insert into billing.owners (user_id) values (pg_temp.id('olga'));
select from ignore_event('evt_first', 'x', '2026-03-01 08:00', null, 'sha', 'erased');

-- Baseline: events
select is_empty(
  $$select * from compare_events(array['evt_first'], array['2026-03-01 08:00'::timestamptz])$$,
  'findings: an event that came is none');
select results_eq(
  $$select event_id from compare_events(array['evt_old', 'evt_lost'],
    array['2026-03-01 07:59:59', '2026-03-01 08:00']::timestamptz[])$$,
  $$values ('evt_lost')$$,
  'findings: one that never came is, but not from before the first that ever came');
select results_eq(
  $$select kind, noun, object_id, state, happened_at from get_findings()$$,
  $$values ('event_not_delivered', null, 'evt_lost', 'open', '2026-03-01 08:00'::timestamptz)$$,
  'findings: it is open, with when Stripe made it');

-- Replay
set local test.now to '2026-03-02';
select from compare_events(array['evt_lost'], array['2026-03-01 08:00'::timestamptz]);
select results_eq(
  'select found_at, seen_at from billing.findings',
  $$values ('2026-03-01 09:00'::timestamptz, '2026-03-02'::timestamptz)$$,
  'findings: found again it is the same row, and when it was last seen');
select from ignore_event('evt_lost', 'x', '2026-03-01 08:00', null, 'sha', 'erased');
select from compare_events(array['evt_lost'], array['2026-03-01 08:00'::timestamptz]);
select results_eq(
  'select state, closed_at from get_findings(null)',
  $$values ('gone', '2026-03-02'::timestamptz)$$, 'findings: what is no more is closed');
select is_empty('select * from get_findings()', 'findings: and not among the open ones');
delete from billing.stripe_events where id = 'evt_lost';
select from compare_events(array['evt_lost'], array['2026-03-01 08:00'::timestamptz]);
select is((select count(*) from get_findings(null)), 2::bigint,
  'findings: found again after that it is another row');

-- Pages, in the order in which to fix
select from compare_object('invoice', 'in_9', null, 1, pg_temp.invoice(
  '{"customer": "cus_x", "created": "2026-01-01"}'), true);
select from compare_events(array['evt_late'], array['2026-03-02'::timestamptz]);
select results_eq(
  'select object_id from get_findings()', $$values ('evt_lost'), ('evt_late'), ('in_9')$$,
  'findings: events come first, the oldest first');
select results_eq(
  $$select object_id from get_findings(after_finding => (select id from get_findings()
    where object_id = 'evt_lost'), page_size => 1)$$, $$values ('evt_late')$$,
  'findings: the next page, of so many');

-- Refused
select pg_temp.act_as('authenticated', 'ada');
select throws_ok('select * from get_findings()', 'LCOWN', null, 'findings: members see none');
select throws_ok($$select * from compare_events('{}', '{}')$$, '42501', null,
  'findings: members compare nothing');
select pg_temp.act_as('authenticated', 'olga');
select is((select count(*) from get_findings()), 3::bigint, 'findings: an owner sees them');
select pg_temp.act_as('service_role');
select throws_ok(
  $$insert into billing.findings (kind, object_id, reason, happened_at, found_at, seen_at)
    values ('price_differs', 'x', 'x', now(), now(), now())$$, '42501', null,
  'findings: the service role makes none by itself');
select pg_temp.act_as('postgres');

select * from finish();
rollback;
