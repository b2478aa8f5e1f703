import "server-only";
import { cache } from "react";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { billingEnabled } from "@/lib/billing/billing-enabled";
import { stripeAddress } from "@/lib/hosted-page";
import { isoTime, maybe, maybeTime, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/** The words of `get_notices`; one that is not known yet is not shown, nor is `trial_ending`: the trial's banner says it. */
export const noticeKinds = [
  "payment_due",
  "payment_failed",
  "payment_processing",
  "confirm_payment",
  "suspends",
  "suspended",
  "paused",
  "trial_ended",
  "disputed",
  "debt",
  "topup_failed",
  "topup_off",
  "confirm_topup",
  "second_plan",
  "second_plan_ended",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export type AccountNotice = {
  key: string;
  kind: NoticeKind;
  /** What it is about, in the catalog's words: "Professional plan". */
  subject: string | null;
  at: string;
  /** When something follows from it: the next attempt, the suspension, the end of the trial. */
  endsAt: string | null;
  amountCents: number | null;
  currency: string | null;
  credits: number | null;
  /** Where the user settles it. */
  url: string | null;
  /** Where nothing is sold, it is settled by paying what is owed, if at all. */
  canBuy: boolean;
};

/** What should the signed-in user know, or do, now? */
export const getNotices = cache(async (): Promise<AccountNotice[]> => {
  const canBuy = billingEnabled((await getUserOrThrow()).id);
  const supabase = await userClient();
  const found = await rows(supabase.rpc("get_notices"));
  return found.flatMap((row) => {
    const kind = noticeKinds.find((known) => known === row.kind);
    if (!kind) return [];
    return {
      key: row.key,
      kind,
      subject: maybe(row.subject),
      at: isoTime(row.at),
      endsAt: maybeTime(row.ends_at),
      amountCents: maybe(row.amount_cents),
      currency: maybe(row.currency),
      credits: maybe(row.credits),
      url: stripeAddress(maybe(row.url)),
      canBuy,
    };
  });
});

/** Credits that were spent before what paid for them went back. */
export async function getDebts(): Promise<AccountNotice[]> {
  return (await getNotices()).filter(({ kind }) => kind === "debt");
}
