// The verbs that tests use most, with what they answer.
import type { TestDb } from "./db";

type Granted = { success: boolean; duplicate: boolean; balance_after: number | null };
type Deducted = {
  success: boolean;
  deducted: number;
  from_promotional: number;
  balance_after: number;
  duplicate: boolean;
  shortfall: number;
};
type Grant = { type?: "promotional" | "subscription" | "permanent"; expires?: string };

export function verbsOf(db: TestDb) {
  return {
    grant: (account: string, amount: number, key: string, { type = "permanent", expires }: Grant = {}) =>
      db.one<Granted>("select * from add_credits_atomic($1, $2, $3, $4, expires_at => $5)", [
        account,
        amount,
        type,
        key,
        expires ?? null,
      ]),
    deduct: (account: string, amount: number, key: string) =>
      db.one<Deducted>("select * from deduct_credits_atomic($1, $2, $3)", [account, amount, key]),
    credits: (account: string) =>
      db.one<{ total: number; subscription_credits: number }>("select * from get_user_credits($1)", [
        account,
      ]),
    sweep: (batch: number) => db.one("select expire_subscription_credits($1)", [batch]),
  };
}
