begin;
select plan(1);
\ir fixtures/helpers.psql
select pass('x');
select * from finish();
rollback;
