// What was promised, beside what the ledger has: each promise once, with its amount, and nothing that nobody promised.
import fs from "node:fs";
import path from "node:path";
import type pg from "pg";
import type { Answer, Claim, Extension, Promised } from "./call.ts";

type Books = ReturnType<typeof newBooks>;

/** In words, each about one account. */
type Findings = { lost: string[]; doubled: string[]; wrong: string[] };

export function newBooks() {
  const promised = new Map<string, Promised>();
  const claims = new Map<string, Claim>();
  const extensions: Extension[] = [];
  return {
    promised,
    claims,
    extensions,
    note({ promised: some, claim, extension }: Answer) {
      for (const one of some) {
        if (promised.has(nameOf(one))) throw new Error(`${nameOf(one)} was promised twice`);
        promised.set(nameOf(one), one);
      }
      if (claim) claims.set(`${claim.account} ${claim.id}`, claim);
      if (extension) extensions.push(extension);
    },
  };
}

const nameOf = ({ account, name }: { account: string; name: string }) => `${account} ${name}`;

export async function compare(books: Books, client: pg.Client): Promise<Findings> {
  const entries = (await client.query<Entry>(sqlOf("entries.sql"))).rows;
  const found = compareEntries(books.promised, entries);
  const wrong = [
    ...found.wrong,
    ...(await wrongBalances(books.promised, entries, client)),
    ...(await wrongClaims(books.claims, client)),
    ...(await brokenExtensions(books.extensions, client)),
    ...(await strayOrders(client)),
  ];
  return { ...found, wrong };
}

const sqlOf = (file: string) => fs.readFileSync(path.join(import.meta.dirname, file), "utf8");

type Entry = {
  account: string;
  name: string;
  credits: number;
  balance: number;
  /** An entry of a call is one that some answer must have promised. */
  cause: "call" | "claim" | "time";
};

function compareEntries(promised: Books["promised"], entries: Entry[]): Findings {
  const seen = new Map<string, Entry>();
  const findings: Findings = { lost: [], doubled: [], wrong: [] };
  for (const entry of entries) {
    const name = nameOf(entry);
    if (entry.cause === "call" && seen.has(name)) findings.doubled.push(`${name} stands there twice`);
    else if (entry.cause === "call" && !promised.has(name))
      findings.doubled.push(`${name} was never acknowledged`);
    seen.set(name, entry);
  }
  for (const [name, { credits, balance }] of promised) {
    const entry = seen.get(name);
    if (!entry) findings.lost.push(name);
    else if (entry.credits !== credits)
      findings.wrong.push(`${name}: ${entry.credits} credits, promised ${credits}`);
    else if (typeof balance === "number" && entry.balance !== balance)
      findings.wrong.push(`${name}: balance ${entry.balance}, answered ${balance}`);
  }
  return findings;
}

/** The promised movements, and those of time and of claims, make the balance. */
async function wrongBalances(promised: Books["promised"], entries: Entry[], client: pg.Client) {
  const sums = new Map<string, number>();
  const add = (account: string, credits: number) => sums.set(account, (sums.get(account) ?? 0) + credits);
  for (const { account, credits } of promised.values()) add(account, credits);
  for (const entry of entries) if (!promised.has(nameOf(entry))) add(entry.account, entry.credits);
  const { rows } = await client.query<{ id: string; balance: number }>(
    "select id, balance from billing.accounts",
  );
  return rows
    .filter(({ id, balance }) => (sums.get(id) ?? 0) !== balance)
    .map(({ id, balance }) => `${id}: balance ${balance}, its movements make ${sums.get(id) ?? 0}`);
}

type ClaimRow = Claim & { claimed: number; owed: number; taken: number; returned: number };

async function wrongClaims(claims: Books["claims"], client: pg.Client) {
  const { rows } = await client.query<ClaimRow>(sqlOf("claims.sql"));
  const there = new Set(rows.map(({ account, id }) => `${account} ${id}`));
  return [
    ...[...claims.keys()].filter((name) => !there.has(name)).map((name) => `${name} is not there`),
    ...rows.flatMap((row) => {
      const name = `${row.account} ${row.id}`;
      const promised = claims.get(name)?.state;
      if (row.state !== promised) return [`${name} is ${row.state}, promised ${promised ?? "never"}`];
      return addsUp(row) ? [] : [`${name} does not add up: ${JSON.stringify(row)}`];
    }),
  ];
}

function addsUp({ state, claimed, owed, taken, returned }: ClaimRow) {
  if (state === "frozen") return taken === 0 && returned === 0;
  if (state === "taken") return taken + owed === claimed && returned === 0;
  return returned === taken && owed === 0;
}

async function brokenExtensions(extensions: Extension[], client: pg.Client) {
  const { rows } = await client.query<{ name: string; ends_at: Date }>(
    `select t.account_id || ' ' || t.key as name, h.ends_at from billing.holds h
     join billing.credit_transactions t on t.account_id = h.account_id and t.number = h.number`,
  );
  const ends = new Map(rows.map(({ name, ends_at }) => [name, ends_at]));
  return extensions
    .map(({ account, key, endsAt }) => ({ name: `${account} ${key}`, endsAt }))
    .filter(({ name, endsAt }) => (ends.get(name)?.getTime() ?? 0) < endsAt.getTime())
    .map(({ name }) => `${name} ends before it was promised to`);
}

/** The developer's own rows stand and fall with their spends. */
async function strayOrders(client: pg.Client) {
  const { rows } = await client.query<{ key: string }>(
    `select key from orders o full join (
       select key from billing.credit_transactions where kind = 'spend' and key like 'order-%') t using (key)
     where o.key is null or t.key is null`,
  );
  return rows.map(({ key }) => `${key} has no spend, or no order`);
}
