-- Accounts as they are in use: three open buckets each, all made by the verbs, and a spend and a hold
-- behind them (the first touch asks for the free month; a plan made while billing.holds is empty, and
-- known to be, reads all of it until statistics come).
do $$
declare
  v_id uuid;
begin
  for n in 1 .. current_setting('bench.accounts')::integer loop
    v_id := ('00000000-0000-4000-8000-' || (100000000000 + n))::uuid;
    perform public.add_credits_atomic(v_id, 100000000000, 'permanent', 'pack');
    perform public.add_credits_atomic(
      v_id, 100000000000, 'subscription', 'plan', null, billing.now() + interval '30 days');
    perform public.add_credits_atomic(
      v_id, 100000000000, 'promotional', 'gift', null, billing.now() + interval '60 days');
    perform public.deduct_credits_atomic(v_id, 1, 'first');
    perform public.hold_credits_atomic(v_id, 2, 'second');
    perform public.capture_hold(v_id, 'second', 1);
  end loop;
end $$;
