// npm run stripe:refund -- <account> [payment key] [--amount 5.00 --reason "..."]: what may be given back of a payment, or
// gives it back.
import { parseArgs } from "node:util";
import { proposeRefund, refundPayment } from "../supabase/functions/_shared/refund-payment.ts";
import { asOwner } from "./owner-services.ts";
import { refusal } from "./steps.mjs";

await asOwner(async (services) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { amount: { type: "string" }, reason: { type: "string" } },
  });
  const [accountId, paymentKey] = positionals;
  if (!accountId)
    throw refusal('usage: npm run stripe:refund -- <account> [payment key] [--amount 5.00 --reason "..."]');
  const cents = values.amount === undefined ? null : centsOf(values.amount);
  const keys = paymentKey ? [paymentKey] : await paidPayments(services, accountId);
  for (const key of keys) await propose(services, { accountId, paymentKey: key }, cents);
  if (cents === null) return;
  const [key] = keys;
  if (!key || keys.length > 1) throw refusal("Name one payment by its key to give money back");
  if (!values.reason) throw refusal("Giving money back needs a --reason, for the audit log");
  const refund = await refundPayment(services, { accountId, paymentKey: key }, cents, values.reason);
  console.log(`${refund.id} ${refund.status}: credits follow when Stripe tells of it`);
});

type Services = Parameters<Parameters<typeof asOwner>[0]>[0];

async function paidPayments({ rpc }: Services, accountId: string): Promise<string[]> {
  const rows = await rpc("get_payments", { account_id: accountId });
  const keys = rows.filter(({ paid_at }) => paid_at !== null).map(({ key }) => String(key));
  if (keys.length === 0) throw refusal(`Account ${accountId} has paid nothing`);
  return keys;
}

async function propose(
  { rpc }: Services,
  which: { accountId: string; paymentKey: string },
  cents: number | null,
) {
  const { currency, ...proposed } = await proposeRefund(rpc, which, cents);
  const money = (amount: number) => `${(amount / 100).toFixed(2)} ${currency}`;
  if (cents !== null && cents > proposed.mostCents)
    throw refusal(`Of ${which.paymentKey} at most ${money(proposed.mostCents)} can go back`);
  const credits = `${proposed.takesCredits} credits, ${proposed.debtCredits} of them spent and owed`;
  console.log(`${which.paymentKey} (${proposed.policy}): ${proposed.reason}`);
  console.log(`  offered ${money(proposed.offeredCents)}, at most ${money(proposed.mostCents)}`);
  console.log(`  ${money(cents ?? proposed.offeredCents)} would take back ${credits}`);
}

/** "5" and "5.00" are 500 cents; anything finer is refused, not rounded. */
function centsOf(amount: string): number {
  const [, whole, cents = ""] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  if (whole === undefined) throw refusal(`${amount} is no amount: write 5 or 5.00`);
  return Number(whole) * 100 + Number(cents.padEnd(2, "0"));
}
