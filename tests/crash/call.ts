import type pg from "pg";

/** An entry that an answer has promised: it must be in the ledger, once, with these credits. */
export type Promised = {
  account: string;
  /** The caller's key; where the ledger makes one itself, what it answers: `capture of hold-7`. */
  name: string;
  credits: number;
  /** The balance that was answered with it, where there is one. */
  balance?: number | null;
};

/** A refund or dispute that must be there, in this state. */
export type Claim = { account: string; id: string; state: "frozen" | "taken" | "cancelled" };

/** A hold that must not end before. */
export type Extension = { account: string; key: string; endsAt: Date };

export type Answer = {
  promised: Promised[];
  claim?: Claim;
  extension?: Extension;
  duplicate?: boolean;
  refused?: boolean;
};

export type Call = { verb: string; run: (client: pg.Client) => Promise<Answer> };

export const nothing: Answer = { promised: [] };
export const refused: Answer = { promised: [], refused: true };

/** A call that answers rows; `read` is called once, whatever was tried before. */
export function asking<Row extends pg.QueryResultRow>(
  verb: string,
  sql: string,
  values: unknown[],
  read: (row: Row, rows: Row[]) => Answer,
): Call {
  return {
    verb,
    async run(client) {
      const { rows } = await client.query<Row>(sql, values);
      const [row] = rows;
      return row ? read(row, rows) : nothing;
    },
  };
}
