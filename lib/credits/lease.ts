import "server-only";
import { AppError } from "@/lib/errors";
import { oneRow } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";

type Lease = {
  /** Takes credits from what is held; asks the database only when that is too little. False: so is the balance. */
  spend: (credits: number) => Promise<boolean>;
  /** Settles what was spent, and holds anew. */
  renew: () => Promise<void>;
  /** Settles what was spent, and gives the rest back. A later spend opens the lease again. */
  close: () => Promise<void>;
};

type Options = {
  /** How many credits are held at a time. */
  credits?: number;
  /** How long they are held. What was spent is settled after two thirds of it, if not before. */
  minutes?: number;
  description?: string;
};

type Hold = { key: string; left: number; spent: number };

/**
 * For one account that spends more often than its row can be written: credits are held once, spent in memory
 * and settled by one capture, one line of its history.
 *
 *     const lease = leaseCredits(account, { description: "Tokens" });
 *     if (!(await lease.spend(12))) throw new AppError("short");
 *     ...
 *     await lease.close();
 *
 * If the process dies, its hold ends by itself: the user loses nothing, the developer at most one lease. Several
 * processes may each have a lease of the same account.
 */
export function leaseCredits(account: string, options: Options = {}): Lease {
  const { credits = 10_000, minutes = 15, description = "Usage" } = options;
  const database = serviceClient();
  let held: Hold | null = null;
  let unsettled: Hold | null = null;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  function take(amount: number): boolean {
    if (!held || held.left < amount) return false;
    held.left -= amount;
    held.spent += amount;
    return true;
  }

  /** One after the other, whether or not the one before succeeded. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work, work);
    turn = next;
    return next;
  }

  /** Nothing is spent from a hold that is being settled, so that an answer that was lost can be asked for again. */
  async function settle() {
    clearTimeout(timer);
    unsettled ??= held;
    held = null;
    if (!unsettled) return;
    const hold = { account_id: account, key: unsettled.key };
    const call = unsettled.spent
      ? oneRow(database.rpc("capture_hold", { ...hold, amount: unsettled.spent }))
      : oneRow(database.rpc("release_hold", hold));
    await call.catch((error) => {
      if (error instanceof AppError && error.kind === "conflict") unsettled = null; // too late, for good
      throw error;
    });
    unsettled = null;
  }

  /** Holds that many credits, or answers how many there are. */
  async function hold(amount: number): Promise<number> {
    const key = `lease:${crypto.randomUUID()}`;
    const answer = await oneRow(
      database.rpc("hold_credits_atomic", {
        account_id: account,
        amount,
        task_id: key,
        ttl: `${minutes} minutes`,
        description,
      }),
    );
    if (!answer.success) return amount - answer.shortfall;
    held = { key, left: amount, spent: 0 };
    const settleInTime = () =>
      inTurn(settle).catch((error) => console.error("a lease was not settled", error));
    timer = setTimeout(settleInTime, minutes * 40_000).unref();
    return amount;
  }

  /** What is left of a balance is held, when it is less than a lease and enough for this. */
  async function replace(least: number) {
    await settle();
    const most = Math.max(credits, least);
    const there = await hold(most);
    if (there < most && there >= least) await hold(there);
  }

  return {
    async spend(amount) {
      if (!Number.isSafeInteger(amount) || amount < 1) throw new AppError("invalid", "wholeCredits");
      if (take(amount)) return true;
      return inTurn(async () => {
        if (take(amount)) return true; // somebody before us has renewed
        await replace(amount);
        return take(amount);
      });
    },
    renew: () => inTurn(() => replace(1)),
    close: () => inTurn(settle),
  };
}
