import "server-only";
import { cookies } from "next/headers";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { getOverview } from "@/lib/billing/get-overview";
import { getBalance } from "@/lib/credits/get-balance";
import { getHistory } from "@/lib/credits/get-history";

const cookie = "first_steps";

export type FirstSteps = {
  /** What there is to spend. */
  credits: number;
  /** No free months come while it lasts. */
  isOnTrial: boolean;
  hasSpent: boolean;
  /** Null where nothing is sold. */
  plan: "chosen" | "trial" | "plans" | null;
};

/** What is there still to try for who is new? Null once it is done, or was put away. */
export async function getFirstSteps(): Promise<FirstSteps | null> {
  const [jar, user] = await Promise.all([cookies(), getUserOrThrow()]);
  if (jar.getAll().some(({ name, value }) => name === cookie && value === user.id)) return null;
  const [balance, overview, spends] = await Promise.all([
    getBalance(),
    getOverview(),
    getHistory(null, 1, { kinds: ["spend", "capture"] }),
  ]);
  const hasSpent = spends.entries.length > 0;
  const hasPlan = [overview.plan, overview.trial, overview.endedPlan].some(Boolean);
  if (hasSpent && (hasPlan || !overview.canBuy)) return null;
  const offer = overview.canStartTrial ? "trial" : "plans";
  return {
    credits: balance.total,
    isOnTrial: overview.trial !== null,
    hasSpent,
    plan: hasPlan ? "chosen" : overview.canBuy ? offer : null,
  };
}

/** In this browser, for this user. */
export async function hideFirstSteps(): Promise<void> {
  const [jar, user] = await Promise.all([cookies(), getUserOrThrow()]);
  const year = 365 * 24 * 3600;
  jar.set(cookie, user.id, { maxAge: year, sameSite: "lax", httpOnly: true, path: "/dashboard" });
}
