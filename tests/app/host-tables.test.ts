// Tables of the host that cost credits or are limited, as its app meets them: through REST, with RLS, by copy.
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withClient } from "../../local/database.ts";
import { type TestApi, testApi } from "../support/api";
import { problemsOf } from "../support/books";
import { verbsOf } from "../support/verbs";

type User = Awaited<ReturnType<TestApi["signUp"]>>;

let api: TestApi;
let ada: User;
let bob: User;
beforeEach(async () => {
  api = await testApi();
  await api.db.query(`
    update billing.plans set is_sold = false;
    insert into billing.plans (key, version, name, description, position, credits_per_month, is_free)
    values ('t_free', 1, 'T Free', '', 1, 0, true);
    insert into billing.plan_entitlements (plan_key, plan_version, key, max_count)
    values ('t_free', 1, 'bots', 2), ('t_free', 1, 'reports', null);
    insert into billing.operations (key, name) values ('t_draw', 'Drawing');
    insert into billing.operation_prices (operation, version, base_credits) values ('t_draw', 1, 10);
    create table public.drawings (id integer primary key, user_id uuid default auth.uid(), title text);
    create table public.bots (id integer primary key, user_id uuid default auth.uid());
    create table public.reports (id integer);
    insert into public.reports values (1);
    alter table public.drawings enable row level security;
    alter table public.bots enable row level security;
    alter table public.reports enable row level security;
    create policy "own drawings" on public.drawings to authenticated
      using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
    create policy "own bots" on public.bots to authenticated
      using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
    create policy "reports by plan" on public.reports for select to authenticated
      using ((select has_entitlement('reports')));
    grant select, insert, update, delete on public.drawings, public.bots, public.reports
      to authenticated, service_role;
    select billing.charge_on_insert('public.drawings', 't_draw');
    select billing.limit_rows('public.bots', 'bots')`);
  ada = await api.signUp("ada@example.com");
  bob = await api.signUp("bob@example.com");
  await verbsOf(api.db).grant(ada.id, 45, "pack");
});
afterEach(() => api.close());

const spent = async (user: User) => {
  const { rows } = await api.db.query<{ key: string }>(
    "select key from billing.credit_transactions where account_id = $1 and kind = 'spend' order by number",
    [user.id],
  );
  return rows.map((row) => row.key);
};

describe("a table that costs credits", () => {
  test("a member inserts, has the row back, and pays for it", async () => {
    const { data, error } = await ada.client
      .from("drawings")
      .insert({ id: 1, title: "lake" })
      .select()
      .single();
    expect(error).toBeNull();
    expect(data).toEqual({ id: 1, user_id: ada.id, title: "lake" });
    expect(await spent(ada)).toEqual(["public.drawings:1"]);
  });

  test("several rows in one request are one transaction", async () => {
    const rows = [1, 2, 3, 4, 5].map((id) => ({ id }));
    const { error, status } = await ada.client.from("drawings").insert(rows);
    expect(status).toBe(400);
    expect(error).toMatchObject({
      code: "LCBAL",
      message: "there are not enough credits for this row",
      details: "5 credits are missing",
    });
    expect(await spent(ada)).toEqual([]);
    expect((await ada.client.from("drawings").insert(rows.slice(1))).error).toBeNull();
    expect(await spent(ada)).toEqual([2, 3, 4, 5].map((id) => `public.drawings:${id}`));
  });

  test("an upsert costs credits for the rows that are new", async () => {
    await ada.client.from("drawings").insert({ id: 1 });
    const both = [1, 2].map((id) => ({ id, title: "again", user_id: ada.id }));
    expect((await ada.client.from("drawings").upsert(both)).error).toBeNull();
    const ignored = await ada.client.from("drawings").upsert(both, { ignoreDuplicates: true });
    expect(ignored.error).toBeNull();
    expect(await spent(ada)).toEqual(["public.drawings:1", "public.drawings:2"]);
  });

  test("a row deleted and inserted again is refused", async () => {
    await ada.client.from("drawings").insert({ id: 1 });
    await ada.client.from("drawings").delete().eq("id", 1);
    const { error } = await ada.client.from("drawings").insert({ id: 1 });
    expect(error).toMatchObject({ code: "LCKEY", details: "key public.drawings:1" });
  });

  test("the service role inserts for an account, and for nobody it may not", async () => {
    const { error } = await api.service.from("drawings").insert({ id: 1, user_id: ada.id });
    expect(error).toBeNull();
    expect(await spent(ada)).toEqual(["public.drawings:1"]);
    const nobody = await api.service.from("drawings").insert({ id: 2 });
    expect(nobody.error?.code).toBe("LCACC");
  });

  test("who inserts for another is stopped by the host's policy, and without one by us", async () => {
    const theft = () => bob.client.from("drawings").insert({ id: 1, user_id: ada.id });
    expect((await theft()).error?.code).toBe("42501");
    await api.db.query("alter table public.drawings disable row level security");
    expect((await theft()).error?.code).toBe("LCACC");
    expect(await spent(ada)).toEqual([]);
  });

  test("copy is charged row by row, or refused as a whole", async () => {
    const copy = (ids: number[]) => {
      const rows = ids.map((id) => `${id},${ada.id}\\n`).join("");
      return withClient(api.db.adminUrl, (client) =>
        client.query(`copy public.drawings (id, user_id) from program 'printf "${rows}"' (format csv)`),
      );
    };
    await copy([1, 2]);
    expect(await spent(ada)).toEqual(["public.drawings:1", "public.drawings:2"]);
    await expect(copy([3, 4, 5])).rejects.toMatchObject({ code: "LCBAL" });
    expect(await spent(ada)).toHaveLength(2);
  });

  test("at repeatable read an insert that read before another spend fails and is not charged", async () => {
    const client = new pg.Client({ connectionString: api.db.url });
    await client.connect();
    const insert = () => client.query("insert into public.drawings (id, user_id) values (1, $1)", [ada.id]);
    await client.query("begin isolation level repeatable read");
    await client.query("select 1 from public.drawings");
    await verbsOf(api.db).deduct(ada.id, 1, "meanwhile");
    await expect(insert()).rejects.toMatchObject({ code: "40001" });
    await client.query("rollback");
    await client.query("begin isolation level repeatable read");
    await insert();
    await client.query("commit");
    await client.end();
    expect(await spent(ada)).toEqual(["meanwhile", "public.drawings:1"]);
    expect(await problemsOf(api.db)).toEqual([]);
  });
});

test("a limited table refuses a member's row over the limit, and the service role's", async () => {
  const add = (id: number) => ada.client.from("bots").insert({ id });
  expect([(await add(1)).error, (await add(2)).error]).toEqual([null, null]);
  expect((await add(3)).error).toMatchObject({
    code: "LCLIM",
    message: "the plan allows no more of these",
    details: "bots: at most 2",
  });
  const server = await api.service.from("bots").insert({ id: 3, user_id: ada.id });
  expect(server.error?.code).toBe("LCLIM");
  await ada.client.from("bots").delete().eq("id", 1);
  expect((await add(3)).error).toBeNull();
});

test("a member asks what the plan allows, and a policy does", async () => {
  const limits = await ada.client.rpc("get_limits");
  expect(limits.data).toEqual([
    { key: "bots", name: null, per: null, max_count: 2, used_count: 0, window_ends_at: null },
    { key: "reports", name: null, per: null, max_count: null, used_count: null, window_ends_at: null },
  ]);
  expect((await ada.client.rpc("limit_of", { key: "bots" })).data).toBe(2);
  expect((await ada.client.rpc("limit_of", { key: "reports" })).data).toBeNull();
  expect((await ada.client.rpc("has_entitlement", { key: "reports" })).data).toBe(true);
  expect((await ada.client.rpc("has_entitlement", { key: "bots", account_id: bob.id })).data).toBe(false);
  expect((await api.service.rpc("limit_of", { key: "bots", account_id: bob.id })).data).toBe(2);
  expect((await ada.client.from("reports").select()).data).toEqual([{ id: 1 }]);
  expect((await api.client().rpc("has_entitlement", { key: "reports" })).error?.code).toBe("42501");
});
