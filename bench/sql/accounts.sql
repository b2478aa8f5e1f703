-- Accounts as they are in use: three open buckets each, all made by the verbs, and one spend behind
-- them (the first touch asks for the free month).
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
  end loop;
end $$;
