// What is wrong with a call whatever the account has. A call that breaks several rules is refused for any of them.
import type { Step } from "../steps.ts";
import { costOf } from "./operations.ts";
import { day } from "./time.ts";
import type { ErrorCode } from "./world.ts";

export function faultsOf(step: Step): ErrorCode[] {
  const faults: ErrorCode[] = [];
  if ("credits" in step && step.credits !== null && !isAmount(step)) faults.push("LCAMT");
  if ("items" in step && step.items.some(({ credits }) => credits < 1)) faults.push("LCAMT");
  if ("cents" in step && (step.cents < 1 || step.paid < 1)) faults.push("LCAMT");
  if ("overrun" in step && step.overrun < 0) faults.push("LCAMT");
  if ("ttl" in step && (step.ttl <= 0 || step.ttl > day)) faults.push("LCHLD");
  if ("key" in step && step.verb !== "capture" && !isKey(step.key)) faults.push("LCKEY");
  if (step.verb === "add" && step.key.startsWith("free:")) faults.push("LCKEY");
  if (step.verb === "grant for money" && endsBeforeItStarts(step)) faults.push("LCGRT");
  if (step.verb === "freeze" && step.until !== null && step.until <= step.at) faults.push("LCGRT");
  if ("operation" in step && costOf(step, step.at) === undefined) faults.push("LCOPR");
  return faults;
}

/** An adjustment below zero takes. */
const isAmount = ({ verb, credits }: { verb: string; credits: number | null }) =>
  credits !== null && (verb === "adjust" ? credits !== 0 : credits > 0);

const endsBeforeItStarts = ({ startsAt, expiresAt }: Extract<Step, { verb: "grant for money" }>) =>
  startsAt !== null && expiresAt !== null && expiresAt <= startsAt;

const isKey = (key: string) => /^\P{Cc}{1,255}$/u.test(key);
