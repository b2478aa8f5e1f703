import { visit } from "./accounts.ts";
import { bucketOf, deriveBucket, post, sharesBack, total } from "./ledger.ts";
import { settle } from "./settle.ts";
import { day, type Instant } from "./time.ts";
import {
  type Account,
  type Answer,
  type Entry,
  type EntryKind,
  refuse,
  type Share,
  type World,
} from "./world.ts";

/** A share, and when its credits were charged. */
type ChargedShare = Share & { at: Instant };

/** What a spend, or a hold with its capture, took for good, in the order of taking. */
function keptShares(account: Account, entry: Entry): ChargedShare[] {
  const charged = ({ shares, at }: Entry) => shares.map((share) => ({ ...share, at }));
  const capture = account.entries.find((one) => one.kind === "capture" && one.answers === entry.number);
  const taken = charged(entry);
  if (!capture) return taken;
  if (capture.credits < 0) return [...taken, ...charged(capture)];
  return sharesBack(taken.toReversed(), -total(taken) - capture.credits).map((share) => ({
    ...share,
    credits: -share.credits,
  }));
}

/** How much of what an entry kept has been given back, and how much is left. */
export function reversedOf(account: Account, entry: Entry): { back: number; left: number } {
  const back = account.entries
    .filter((one) => one.kind === "reversal" && one.answers === entry.number)
    .reduce((sum, one) => sum + one.credits, 0);
  return { back, left: -total(keptShares(account, entry)) - back };
}

type Reversal = { account: string; key: string; credits: number | null; reversalKey: string | null };

/** Gives back what a spend or a captured hold took, whole or in parts up to its amount, each part by its own key. */
export function reverse(
  world: World,
  now: Instant,
  { account: id, key, credits, reversalKey }: Reversal,
): Answer {
  const account = visit(world, id, now);
  const found = account && findTaking(account, key, ["spend", "hold"]);
  if (!account || !found) refuse("LCKEY");
  const hold = account.holds.find((one) => one.number === found.number);
  if (hold && hold.state !== "captured") refuse("LCHLD");
  const ownKey = [`reversal:${found.number}`, ...(reversalKey === null ? [] : [reversalKey])].join(":");
  const earlier = account.entries.find((one) => one.scope === "system" && one.key === ownKey);
  if (earlier && credits !== null && credits !== earlier.credits) refuse("LCKEY");
  if (earlier) return answerOf(earlier, true);
  const { back, left } = reversedOf(account, found);
  const wanted = credits ?? left;
  if (wanted < 1 || wanted > left) refuse("LCAMT");
  const shares = sharesBack(keptShares(account, found), wanted, back).toReversed();
  const entry = post(account, {
    kind: "reversal",
    at: now,
    shares: shares.map((share) => reviveIn(account, share, now)),
    scope: "system",
    key: ownKey,
    answers: found.number,
  });
  settle(account, now);
  return answerOf(entry, false);
}

/** A key is looked for among the server's first, then among the members'. */
export function findTaking(account: Account, key: string, kinds: EntryKind[]): Entry | undefined {
  const found = account.entries.filter((one) => one.key === key && kinds.includes(one.kind));
  return found.find(({ scope }) => scope === "spend") ?? found.find(({ scope }) => scope === "member");
}

/** To its bucket; for one expired since, to a promotional bucket that lives as long as that one still had, at least a day. */
export function reviveIn(account: Account, { bucket: id, credits, at }: ChargedShare, now: Instant): Share {
  const bucket = bucketOf(account, id);
  const isOver = bucket.expiresAt !== null && bucket.expiresAt <= now;
  if (bucket.expiresAt === null || !isOver || bucket.voidedAt !== null) return { bucket: id, credits };
  const revived = deriveBucket(account, bucket, now, {
    kind: "promotional",
    granted: credits,
    expiresAt: now + Math.max(bucket.expiresAt - at, day),
    frozenUntil: bucket.frozenUntil,
  });
  return { bucket: revived.id, credits };
}

function answerOf(entry: Entry, duplicate: boolean): Answer {
  return { success: true, given_back: entry.credits, balance_after: entry.balanceAfter, duplicate };
}
