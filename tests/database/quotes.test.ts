// Whatever the catalog says and whatever is asked: the quote is the exact price, and consume charges the quote.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { type TestDb, testDb } from "../support/db";

type Quantity = { unitCredits: number; perUnits: number; includedUnits: number; thousandths: number };
type Case = {
  base: number;
  least: number | null;
  most: number | null;
  options: number[];
  quantities: Quantity[];
  grants: number[];
};
type Row = {
  price: number;
  shortfall: number;
  left_after: number | null;
  bucket_ids: string[];
  bucket_credits: string[];
};

const quantity = fc.record({
  unitCredits: fc.nat(1000),
  perUnits: fc.constantFrom(1, 3, 3, 60, 1000, 1_000_000),
  includedUnits: fc.nat(20),
  // Small whole numbers of units are where fractions make a whole.
  thousandths: fc.oneof(
    fc.nat(5_000_000),
    fc.nat(30).map((units) => units * 1000),
  ),
});
const anyCase: fc.Arbitrary<Case> = fc.record({
  base: fc.integer({ min: 1, max: 500 }),
  least: fc.option(fc.integer({ min: 1, max: 300 })),
  most: fc.option(fc.integer({ min: 300, max: 5000 })),
  options: fc.array(fc.nat(100), { maxLength: 3 }),
  quantities: fc.array(quantity, { maxLength: 4 }),
  grants: fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 4 }),
});

/** Two, and not a little more. */
const twoThirdsThrice: Case = {
  base: 1,
  least: null,
  most: null,
  options: [],
  quantities: Array(3).fill({ unitCredits: 2, perUnits: 3, includedUnits: 0, thousandths: 1000 }),
  grants: [3],
};

let db: TestDb;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.drop());

test("quote: is the exact price; consume charges it, from the buckets that were quoted", async () => {
  await fc.assert(
    fc.asyncProperty(anyCase, async (one) => {
      const { operation, params } = await publish(one);
      const account = await fund(one.grants);
      const quoted = await db.one<Row>("select * from quote_credits($1, $2, $3)", [
        operation,
        params,
        account,
      ]);
      expect(BigInt(quoted.price)).toBe(priceOf(one));

      const charged = await db.one("select * from consume_credits($1, $2, 'job', $3)", [
        operation,
        params,
        account,
      ]);
      const total = one.grants.reduce((sum, credits) => sum + credits, 0);
      const isEnough = total >= quoted.price;
      expect(charged).toMatchObject({
        success: isEnough,
        deducted: isEnough ? quoted.price : 0,
        shortfall: quoted.shortfall,
        balance_after: isEnough ? quoted.left_after : total,
      });
      const { rows } = await db.query<{ bucket_id: number; credits: number }>(
        "select bucket_id, -credits as credits from billing.entry_shares where account_id = $1 and kind = 'spend'",
        [account],
      );
      expect(rows.map((share) => [share.bucket_id, share.credits])).toEqual(
        quoted.bucket_ids.map((id, at) => [Number(id), Number(quoted.bucket_credits[at])]),
      );
    }),
    { numRuns: 150, examples: [[twoThirdsThrice]] },
  );
  expect(await problemsOf(db)).toEqual([]);
});

let published = 0;

async function publish({ base, least, most, options, quantities }: Case) {
  published += 1;
  const operation = `op_${published}`;
  await db.query("insert into billing.operations (key, name) values ($1, $1)", [operation]);
  await db.query(
    "insert into billing.operation_prices (operation, version, base_credits, min_credits, max_credits) values ($1, 1, $2, $3, $4)",
    [operation, base, least, most],
  );
  const params: Record<string, string | number> = {};
  for (const [at, credits] of options.entries()) {
    params[`option_${at}`] = "on";
    await db.query(
      "insert into billing.operation_parameters (operation, version, name, kind, position) values ($1, 1, $2, 'option', 1)",
      [operation, `option_${at}`],
    );
    await db.query(
      "insert into billing.operation_options (operation, version, parameter, value, name, credits, position) values ($1, 1, $2, 'on', 'On', $3, 1)",
      [operation, `option_${at}`, credits],
    );
  }
  for (const [at, { unitCredits, perUnits, includedUnits, thousandths }] of quantities.entries()) {
    params[`quantity_${at}`] = thousandths / 1000;
    await db.query(
      `insert into billing.operation_parameters (operation, version, name, kind, position, unit_credits, per_units,
         included_units, max_units, is_whole) values ($1, 1, $2, 'quantity', 1, $3, $4, $5, 5000, false)`,
      [operation, `quantity_${at}`, unitCredits, perUnits, includedUnits],
    );
  }
  return { operation, params: JSON.stringify(params) };
}

async function fund(grants: number[]) {
  const account = crypto.randomUUID();
  for (const [at, credits] of grants.entries())
    await db.query("select add_credits_atomic($1, $2, $3, $4)", [
      account,
      credits,
      at % 2 ? "permanent" : "promotional",
      `grant ${at}`,
    ]);
  return account;
}

/** The same sum over one common denominator, in whole numbers. */
function priceOf({ base, least, most, options, quantities }: Case): bigint {
  const denominator = quantities.reduce((product, { perUnits }) => product * BigInt(perUnits), 1000n);
  const added = options.reduce((sum, credits) => sum + credits, base);
  const numerator = quantities.reduce((sum, { unitCredits, perUnits, includedUnits, thousandths }) => {
    const charged = Math.max(thousandths - includedUnits * 1000, 0);
    return sum + (BigInt(charged * unitCredits) * denominator) / 1000n / BigInt(perUnits);
  }, BigInt(added) * denominator);
  const total = (numerator + denominator - 1n) / denominator;
  const atLeast = least === null || total > BigInt(least) ? total : BigInt(least);
  return most === null || atLeast < BigInt(most) ? atLeast : BigInt(most);
}
