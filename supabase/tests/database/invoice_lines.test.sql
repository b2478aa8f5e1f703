begin;
select plan(43);

\ir fixtures/helpers.psql
set local test.now to '2026-03-01';

insert into billing.plans (key, version, name, description, position, credits_per_month)
values ('t_a', 1, 'T A', '', 1, 1000), ('t_b', 1, 'T B', '', 2, 3000);
insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
values
  ('t_a_month@1', 't_a_month', 't_a', 1, 'month', 1000),
  ('t_a_year@1', 't_a_year', 't_a', 1, 'year', 12000),
  ('t_b_month@1', 't_b_month', 't_b', 1, 'month', 3000),
  ('t_b_year@1', 't_b_year', 't_b', 1, 'year', 36000);

-- A line as Stripe makes one: a part of a period is worth that part of the price, to a cent for
-- each unit. `units` below zero gives back.
create function pg_temp.line(
  id text, price text, units integer, starts timestamptz, ends timestamptz,
  whole timestamptz default null, discount numeric default 0
) returns jsonb language sql as $$
  select jsonb_build_object('id', id, 'price', price || '@1', 'quantity', abs(units),
    'amount', units * round(r.price_cents * (1 - discount) * extract(epoch from ends - starts)
      / extract(epoch from ends - coalesce(whole, starts))),
    'period_start', starts, 'period_end', ends, 'proration', whole is not null)
  from billing.prices r where r.key = price || '@1'
$$;
create function pg_temp.granted(variadic lines jsonb[]) returns bigint[] language sql as $$
  select array_agg(billing.invoice_credits(jsonb_build_object('lines', to_jsonb(lines)), l)
    order by nth) filter (where (l ->> 'amount')::bigint > 0)
  from unnest(lines) with ordinality u (l, nth)
$$;
create function pg_temp.months(line jsonb) returns setof text language sql as $$
  select format('%s: %s to %s, %s', m.nth, to_char(m.starts_at, 'YYYY-MM-DD'),
    to_char(m.ends_at, 'YYYY-MM-DD'), round(m.weight, 3))
  from billing.line_months(line) m
$$;

-- Baseline: the calendar
select is(
  billing.months_before(ends_at, months, day), expected,
  format('lines: %s months before %s, by day %s, is %s', months, ends_at::date, day,
    expected::date))
from (values
  ('2026-02-28 10:00+00'::timestamptz, 1, 31, '2026-01-31 10:00+00'::timestamptz),
  ('2026-03-31 10:00+00', 1, 31, '2026-02-28 10:00+00'),
  ('2028-03-31 10:00+00', 1, 31, '2028-02-29 10:00+00'),
  ('2028-03-30 10:00+00', 1, 30, '2028-02-29 10:00+00'),
  ('2026-04-30 10:00+00', 1, 31, '2026-03-31 10:00+00'),
  ('2026-04-30 10:00+00', 1, 30, '2026-03-30 10:00+00'),
  ('2029-02-28 10:00+00', 12, 29, '2028-02-29 10:00+00'),
  ('2026-03-15 10:00+00', 0, 15, '2026-03-15 10:00+00')
) d (ends_at, months, day, expected);

-- From which day a period counts
select is(
  (select p.starts_at from billing.line_period(
    pg_temp.line('il', 't_a_month', 1, starts, '2026-02-28', whole)) p),
  whole, format('lines: a part of the month that began on %s says so by its amount', whole::date))
from (values ('2026-02-14'::timestamptz, '2026-01-31'::timestamptz),
  ('2026-02-14', '2026-01-30'), ('2026-02-14', '2026-01-29'), ('2026-02-14', '2026-01-28'),
  ('2026-02-27 12:00', '2026-01-31')) d (starts, whole);
select is(
  (select p.starts_at from billing.line_period(
    pg_temp.line('il', 't_a_month', 1, '2026-01-28', '2026-02-28')) p),
  '2026-01-28'::timestamptz, 'lines: a whole month says by its start when it began');
select is(
  (select p.starts_at from billing.line_period(
    pg_temp.line('il', 't_a_month', -1, '2026-02-14', '2026-02-28', '2026-01-28', 0.5)) p),
  '2026-01-31'::timestamptz,
  'lines: of a month whose amount does not say it, the shortest is taken, which gives back most');
select is(
  (select p.starts_at from billing.line_period(
    pg_temp.line('il', 't_a_month', 1, '2026-03-14', '2026-03-28', '2026-02-28')) p),
  '2026-02-28'::timestamptz, 'lines: a month that ends on no last day has one start');
select is(
  (select p.starts_at from billing.line_period(
    pg_temp.line('il', 't_a_year', 1, '2028-08-29', '2029-02-28', '2028-02-29')) p),
  '2028-02-29'::timestamptz, 'lines: a year that began on 29 February is of 365 days');

-- What a line is worth
select is(
  billing.line_credits(pg_temp.line('il', 't_a_month', 1, '2026-02-14', '2026-02-28',
    '2026-01-31')), 500::bigint, 'lines: half a month is worth half the credits');
select is(
  billing.line_credits(pg_temp.line('il', 't_a_month', 1, '2026-01-31', '2026-02-28')),
  1000::bigint, 'lines: a month is worth the credits of a month');
select is(
  billing.line_credits(pg_temp.line('il', 't_b_month', 1, '2026-04-20', '2026-04-30 00:00',
    '2026-03-31')), 1000::bigint, 'lines: a third of 3,000 is 1,000, not one less');
select is(
  billing.line_credits(pg_temp.line('il', 't_a_month', 3, '2026-04-20', '2026-04-30',
    '2026-03-31')), 999::bigint, 'lines: each unit is rounded down by itself');
select is(
  billing.line_credits(pg_temp.line('il', 't_a_month', 1, '2026-04-29 23:59:59', '2026-04-30',
    '2026-03-31')), 0::bigint, 'lines: a second is worth nothing');
select is(
  billing.line_credits(pg_temp.line('il', 't_a_year', 1, '2027-01-01', '2028-01-01')),
  12000::bigint, 'lines: a year is worth twelve months');
select is(
  billing.line_credits(pg_temp.line('il', 't_a_year', 1, '2027-10-20', '2028-01-01',
    '2027-01-01')), 2400::bigint, 'lines: 73 of 365 days of a year are worth a fifth of them');

-- Months
select results_eq(
  $$select pg_temp.months(pg_temp.line('il', 't_a_month', 1, '2026-02-14', '2026-02-28',
    '2026-01-31'))$$,
  array['0: 2026-02-14 to 2026-02-28, 0.500'],
  'lines: of a month that is half over a half is left');
select results_eq(
  $$select pg_temp.months(pg_temp.line('il', 't_a_year', 1, '2028-11-15', '2029-02-28',
    '2028-02-29'))$$,
  array['0: 2028-11-15 to 2028-11-29, 0.452', '1: 2028-11-29 to 2028-12-29, 1.000',
    '2: 2028-12-29 to 2029-01-29, 1.000', '3: 2029-01-29 to 2029-02-28, 1.000'],
  'lines: of a year from 29 February the months begin on the 29th, the first left is a part');
select results_eq(
  $$select pg_temp.months(pg_temp.line('il', 't_a_year', 1, '2027-12-31', '2028-01-31',
    '2027-01-31'))$$,
  array['0: 2027-12-31 to 2028-01-31, 1.000'],
  'lines: a change at the very start of a month has that month, and nothing of the one before');
select is(
  (select array_agg(to_char(m.starts_at, 'MM-DD') order by m.nth) from billing.line_months(
    pg_temp.line('il', 't_a_year', 1, '2027-01-31', '2028-01-31')) m),
  array['01-31', '02-28', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31',
    '11-30', '12-31'], 'lines: a year from 31 January has its months on the 31st, or the last day');

-- Invoices: up
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_a_month', -1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('2', 't_b_month', 1, '2026-02-14', '2026-02-28', '2026-01-31')),
  array[1000]::bigint[], 'lines: up at half a month grants half of what the plans differ by');
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_a_month', -2, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('2', 't_a_month', 3, '2026-02-14', '2026-02-28', '2026-01-31')),
  array[500]::bigint[], 'lines: from two units to three grants the part of one');
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_a_month', -1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('2', 't_b_year', 1, '2026-02-14', '2027-02-14')),
  array[35500]::bigint[],
  'lines: from a month to a year grants the year, less what the month had left');
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_a_year', -1, '2027-10-20', '2028-01-01', '2027-01-01'),
    pg_temp.line('2', 't_b_month', 1, '2027-10-20', '2027-11-20')),
  array[600]::bigint[],
  'lines: from a year to a month grants the month, less what the year had left');
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_b_month', -1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('2', 't_a_month', 1, '2026-02-14', '2026-02-28', '2026-01-31')),
  array[0]::bigint[], 'lines: down grants nothing');
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_a_month', -1, '2026-02-14', '2026-02-28', '2026-01-31', 0.5),
    pg_temp.line('2', 't_b_month', 1, '2026-02-14', '2026-02-28', '2026-01-31')),
  array[1000]::bigint[],
  'lines: what is given back counts by its time, though less was paid for it');

-- Several changes on one invoice
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_a_month', -1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('2', 't_b_month', 1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('3', 't_b_month', 1, '2026-02-28', '2026-03-31')),
  array[1000, 3000]::bigint[],
  'lines: what was given back counts once, though the next month is on the same invoice');
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_b_month', 1, '2026-02-28', '2026-03-31'),
    pg_temp.line('2', 't_a_month', -1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('3', 't_b_month', 1, '2026-02-14', '2026-02-28', '2026-01-31')),
  array[3000, 1000]::bigint[], 'lines: whatever the order of the lines');
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_b_month', -1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('2', 't_a_month', 1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('3', 't_a_month', 1, '2026-02-28', '2026-03-31')),
  array[0, 0]::bigint[],
  'lines: down gives back money of the next month, which so grants as much less');
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_a_month', -1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('2', 't_b_month', 1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('3', 't_b_month', -1, '2026-02-14 00:01', '2026-02-28', '2026-01-31'),
    pg_temp.line('4', 't_a_month', 1, '2026-02-14 00:01', '2026-02-28', '2026-01-31')),
  array[0, 0]::bigint[], 'lines: up and down again in a minute grants nothing');
select is(
  pg_temp.granted(
    pg_temp.line('1', 't_a_month', -1, '2026-02-14', '2026-02-28', '2026-01-31')),
  null, 'lines: an invoice that only gives back grants nothing');
select is(
  pg_temp.granted(pg_temp.line('1', 't_a_month', -1, '2026-02-14', '2026-02-28', '2026-01-31'),
    pg_temp.line('2', 't_b_month', 1, '2026-02-14', '2026-02-28', '2026-01-31')
      || '{"amount": 0, "price": null}'),
  null, 'lines: one of nothing may be of anything');

-- A subscription that is changed ever so often in its month. A credit costs a cent here, so that
-- credits and cents can be compared; Stripe invoices what is above zero at once, and keeps what is
-- below zero for the next invoice. Rounding is at most a cent and a credit for each unit.
create function pg_temp.change_often(changes integer, out granted bigint, out paid bigint,
  out slack bigint) language plpgsql as $$
declare
  v_prices text[] := array['t_a_month', 't_b_month'];
  v_price text := 't_a_month';
  v_units integer := 1;
  v_at timestamptz := '2026-01-31';
  v_lines jsonb[] := '{}';
  v_total bigint;
begin
  granted := 1000;
  paid := 1000;
  slack := 0;
  for i in 1..changes + 1 loop
    v_at := v_at + (timestamptz '2026-02-28' - v_at) * random();
    v_at := date_trunc('second', v_at);
    slack := slack + v_units;
    if i <= changes then
      v_lines := v_lines || pg_temp.line(i || 'a', v_price, -v_units, v_at, '2026-02-28',
        '2026-01-31');
      v_price := v_prices[1 + floor(random() * 2)::integer];
      v_units := 1 + floor(random() * 3)::integer;
      v_lines := v_lines || pg_temp.line(i || 'b', v_price, v_units, v_at, '2026-02-28',
        '2026-01-31');
      slack := slack + v_units;
    else
      v_lines := v_lines || pg_temp.line('next', v_price, v_units, '2026-02-28', '2026-03-31');
    end if;
    select sum((l ->> 'amount')::bigint) into v_total from unnest(v_lines) l;
    if v_total >= 0 then
      paid := paid + v_total;
      granted := granted + (
        select coalesce(sum(g), 0) from unnest(pg_temp.granted(variadic v_lines)) g);
      v_lines := '{}';
    end if;
  end loop;
end $$;
select setseed(0.5);
create temp table lives as
select c.* from generate_series(1, 60) n, pg_temp.change_often(n % 12 + 1) c;
select is_empty(
  'select * from lives where granted > paid + slack',
  'lines: any number of changes grants no more than was paid for');
select is_empty(
  'select * from lives where granted < paid - slack',
  'lines: and no less, where all that is given back is on an invoice that is paid');
select cmp_ok(
  (select max(slack) from lives), '<', (select min(paid) from lives),
  'lines: by which rounding is not meant');

select * from finish();
rollback;
