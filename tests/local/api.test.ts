// Where @supabase/lite differs from the platform, corrected: each of these is what PostgREST does.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestApi, testApi } from "../support/api";

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  await api.db.query(`
    create function public.kind_of(value jsonb) returns text language sql as $$ select jsonb_typeof(value) $$;
    create function public.same(value jsonb) returns jsonb language sql as $$ select value $$;
    create function public.refuse() returns void language plpgsql as $$ begin
      raise exception 'the rule' using errcode = 'LCBAL', detail = 'the values', hint = 'the next step';
    end $$;
    create table public.things (id int, made_at timestamptz default '2026-01-02 03:04:05+00', price numeric default 12.50);
    alter table public.things enable row level security;
    revoke all on public.things from anon;
    grant select, insert on public.things to service_role;
    insert into public.things values (1);
  `);
});
afterAll(() => api.close());

test.each([
  ["object", { a: [1, { b: "c" }] }],
  ["array", [1, "two"]],
  ["string", "text"],
])("a jsonb argument arrives as the %s it is", async (kind, value) => {
  expect((await api.service.rpc("kind_of", { value })).data).toBe(kind);
  expect((await api.service.rpc("same", { value })).data).toEqual(value);
});

test("a batch's lists arrive as arrays, and its rows come back in their order", async () => {
  const account = crypto.randomUUID();
  const pack = { account_id: account, amount: 10, type: "permanent", transaction_id: "pack" };
  await api.service.rpc("add_credits_atomic", pack);
  const { data } = await api.service.rpc("deduct_many", {
    account_ids: [account, crypto.randomUUID(), account],
    amounts: [4, 1, 3],
    task_ids: ["first, {one}", "x", 'second "one"'],
    descriptions: ["A, B", null, null],
  });
  const said = data.map(({ success, balance_after }: Record<string, unknown>) => [success, balance_after]);
  expect(said).toEqual([
    [true, 6],
    [false, 0],
    [true, 3],
  ]);
});

test("an SQLSTATE of our own is told with message, detail and hint", async () => {
  const { error, status } = await api.service.rpc("refuse");
  expect(status).toBe(400);
  expect(error).toMatchObject({
    code: "LCBAL",
    message: "the rule",
    details: "the values",
    hint: "the next step",
  });
});

test("times are ISO 8601 and numerics numbers", async () => {
  const { data } = await api.service.from("things").select("made_at, price").single();
  expect(data).toEqual({ made_at: "2026-01-02T03:04:05+00:00", price: 12.5 });
});

test("what a migration revokes stays revoked, whatever was asked first", async () => {
  await api.client().from("things").select();
  const { rows } = await api.db.query(
    "select has_table_privilege('anon', 'public.things', 'select') as granted",
  );
  expect(rows).toEqual([{ granted: false }]);
});
