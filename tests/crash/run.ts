// Many clients, and a Postgres that is killed under them. Afterwards every answer that was given must be true.
import type pg from "pg";
import { shiftedNow } from "../../local/clock.ts";
import { withClient } from "../../local/database.ts";
import { sealHeads, verify } from "../../local/verify.ts";
import { makeClone } from "../support/clone.ts";
import { compare, newBooks } from "./books.ts";
import { type Outcome, work } from "./clients.ts";
import { firstTouch } from "./grants.ts";
import { holdBackAnswers, letAnswersGo } from "./held-back.ts";
import { type Server, startServer } from "./server.ts";
import { below, openShop, type Shop } from "./shop.ts";
import { drawCall } from "./verbs.ts";

type Load = { ops: number; kills: number; clients: number };
export type Report = Awaited<ReturnType<typeof run>>;
type Heads = Awaited<ReturnType<typeof sealHeads>>;

/** `fast`: not as in production but as for tests, where a kill loses what was committed last. */
export async function run(load: Load, fast = false) {
  const server = await startServer(fast);
  try {
    const { name, url } = await makeClone(server.port, "tpl");
    const shop = await openShop(url, { accounts: 60, newcomers: Math.ceil(load.ops / 10), codes: 30 });
    const books = newBooks();
    await withClient(url, async (client) => {
      for (const { id } of shop.accounts) books.note(await firstTouch(id).run(client));
    });
    // Whatever the settings: what is lost by a kill is lost to the calls.
    await withClient(server.adminUrl, (client) => client.query("checkpoint"));
    const outcomes: Outcome[] = [];
    const note = (outcome: Outcome) => {
      outcomes.push(outcome);
      books.note(outcome.answer);
    };
    const began = performance.now();
    const { next, kept } = script(load, shop, server, url);
    await Promise.all(Array.from({ length: load.clients }, () => work(server, name, next, note)));
    const heads = await kept();
    const seconds = (performance.now() - began) / 1000;
    return await withClient(url, async (client) => {
      const durable = await isDurable(client);
      await aDayLater(client);
      const findings = await compare(books, client);
      const audited = await audit(client, heads);
      return {
        ...load,
        kills: server.kills(),
        durable,
        seconds,
        verbs: count(outcomes),
        ...findings,
        ...audited,
      };
    });
  } finally {
    await server.end();
  }
}

/** The calls in turn, and between them the kills, every second with answers held back; what was sealed before each is kept. */
function script({ ops, kills }: Load, shop: Shop, server: Server, url: string) {
  const killAt = new Set(Array.from({ length: kills }, (_, n) => Math.ceil(((n + 1) * ops) / (kills + 1))));
  let drawn = 0;
  let disturbed: Promise<Heads> = Promise.resolve([]);
  const disturb = async (before: Heads) => {
    const heads = await withClient(url, sealHeads);
    const heldBack = server.kills() % 2 > 0;
    if (heldBack) await holdBackAnswers(server.adminUrl, () => drawn < ops);
    await new Promise((resolve) => setTimeout(resolve, below(40)));
    await server.kill();
    if (heldBack) await letAnswersGo(server.adminUrl);
    return [...before, ...heads];
  };
  const next = () => {
    if (drawn === ops) return null;
    if (killAt.has(++drawn)) disturbed = disturbed.then(disturb);
    return drawCall(shop);
  };
  return { next, kept: () => disturbed };
}

async function isDurable(client: pg.Client) {
  const { rows } = await client.query<{ durable: boolean }>(
    `select bool_and(setting = 'on') as durable from pg_settings
     where name in ('fsync', 'synchronous_commit', 'full_page_writes')`,
  );
  return rows[0]?.durable === true;
}

/** All that was to start, end or expire has done so, and is sealed. */
async function aDayLater(client: pg.Client) {
  await client.query(shiftedNow(24 * 60 * 60));
  const sweep = "select expire_subscription_credits(1000) as settled";
  while ((await client.query<{ settled: number }>(sweep)).rows[0]?.settled);
  await client.query("select seal_ledger(batch => 1000000)");
}

/** What the owner of the books would ask. */
async function audit(client: pg.Client, heads: Heads) {
  const { problems, accounts, entries, sealed } = await verify(client, heads);
  const all = (await client.query<{ problem: string }>("select * from billing.verify_all()")).rows;
  const negative = await client.query<{ name: string }>(
    `select id::text as name from billing.accounts where least(balance, in_hand_credits, frozen_credits) < 0
     union all select account_id::text from billing.credit_transactions where balance_after < 0
     union all select account_id::text from billing.buckets where least(credits_remaining, frozen_credits) < 0`,
  );
  return {
    accounts,
    entries,
    sealed,
    heads: heads.length,
    negative: negative.rows.map(({ name }) => name),
    problems: [...problems, ...all].map((problem) => JSON.stringify(problem)),
  };
}

type Count = { calls: number; refused: number; unanswered: number; afterCommit: number };

/** By verb. `afterCommit`: the answer was lost, not the effect; the retry said so. */
function count(outcomes: Outcome[]) {
  const verbs = new Map<string, Count>();
  for (const { verb, unanswered, answer } of outcomes) {
    const before = verbs.get(verb) ?? { calls: 0, refused: 0, unanswered: 0, afterCommit: 0 };
    verbs.set(verb, {
      calls: before.calls + 1,
      refused: before.refused + (answer.refused ? 1 : 0),
      unanswered: before.unanswered + (unanswered > 0 ? 1 : 0),
      afterCommit: before.afterCommit + (unanswered > 0 && answer.duplicate ? 1 : 0),
    });
  }
  return verbs;
}
