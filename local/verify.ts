// npm run verify: checks the books of DATABASE_URL, or else of the local database, beside whatever runs there.
import fs from "node:fs";
import { parseArgs } from "node:util";
import type pg from "pg";
import { withClient } from "./database.ts";
import { root } from "./environment.ts";
import { readNote, stateDir } from "./state.ts";
import { explain, refusal } from "./steps.mjs";

type Problem = { account_id: string; problem: string; number: string; expected?: string; found?: string };
type Checked = { id: string; entries: string; sealed: string; problems: Problem[] };
type Head = { account_id: string; number: string; hash: string };
export type Report = { accounts: number; entries: number; sealed: number; problems: Problem[] };

/** Reads account by account, a batch in each statement, so that no snapshot is held for long; locks nothing. */
export async function verify(client: pg.Client, kept: Head[] = [], batch = 500): Promise<Report> {
  const report: Report = { accounts: 0, entries: 0, sealed: 0, problems: await strayEntries(client) };
  let last: Checked | undefined;
  do {
    const { rows } = await client.query<Checked>(checkBatch, [last?.id ?? null, batch]);
    for (const row of rows) {
      report.accounts += 1;
      report.entries += Number(row.entries);
      report.sealed += Number(row.sealed);
      report.problems.push(...row.problems);
    }
    last = rows.at(-1);
  } while (last);
  report.problems.push(...(await changedSince(client, kept)));
  return report;
}

const checkBatch = `
  select a.id, a.entry_count as entries, coalesce(h.number, 0) as sealed, coalesce(p.problems, '[]') as problems
  from (
    select id, entry_count from billing.accounts where $1::uuid is null or id > $1 order by id limit $2
  ) a
  left join billing.seal_heads h on h.account_id = a.id
  cross join lateral (
    select jsonb_agg(jsonb_build_object('account_id', a.id, 'problem', f.problem, 'number', f.number::text,
      'expected', f.expected, 'found', f.found)) as problems
    from (
      select v.problem, v.number, v.expected, v.found from billing.verify_account(a.id) v
      union all
      select s.problem, s.number, null, null from billing.verify_seals(a.id) s
    ) f
  ) p
  order by a.id`;

async function strayEntries(client: pg.Client) {
  const { rows } = await client.query<Problem>(
    "select * from billing.account_problems where problem = 'entries without an account'",
  );
  return rows;
}

async function changedSince(client: pg.Client, kept: Head[]) {
  const { rows } = await client.query<Problem>("select * from billing.verify_heads($1, $2, $3)", [
    kept.map((head) => head.account_id),
    kept.map((head) => head.number),
    kept.map((head) => head.hash),
  ]);
  return rows;
}

export async function sealHeads(client: pg.Client) {
  const { rows } = await client.query<Head>(
    `select account_id, number, encode(hash, 'hex') as hash from billing.seal_heads where number > 0
     order by account_id`,
  );
  return rows;
}

function print({ accounts, entries, sealed, problems }: Report) {
  for (const { account_id, number, problem, expected, found } of problems)
    console.log(
      `account ${account_id}, ${number}: ${problem}${found ? ` (${found}, not ${expected ?? "that"})` : ""}`,
    );
  console.log(
    `${accounts} accounts, ${entries} entries, ${sealed} of them sealed: ${problems.length} problems`,
  );
}

async function main() {
  const { values } = parseArgs({ options: { heads: { type: "string" }, "save-heads": { type: "string" } } });
  const url = process.env.DATABASE_URL ?? readNote(stateDir(root))?.databaseUrl;
  if (!url)
    throw refusal("No local platform is running: npm start begins one, DATABASE_URL names another database");
  const kept: Head[] = values.heads ? JSON.parse(fs.readFileSync(values.heads, "utf8")) : [];
  await withClient(url, async (client) => {
    const report = await verify(client, kept);
    print(report);
    if (report.problems.length > 0) process.exitCode = 1;
    const target = values["save-heads"];
    if (target) fs.writeFileSync(target, `${JSON.stringify(await sealHeads(client))}\n`);
  });
}

if (process.argv[1] === import.meta.filename)
  await main().catch((error) => {
    console.error(explain(error));
    process.exitCode = 1;
  });
