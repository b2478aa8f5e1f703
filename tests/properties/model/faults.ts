// What is wrong with a call whatever the account has. A call that breaks several rules is refused for any of them.
import type { Step } from "../steps.ts";
import { day } from "./time.ts";
import type { Code } from "./world.ts";

export function faultsOf(step: Step): Code[] {
  const faults: Code[] = [];
  if ("credits" in step && step.credits !== null && step.credits < 1) faults.push("LCAMT");
  if ("overrun" in step && step.overrun < 0) faults.push("LCAMT");
  if ("ttl" in step && (step.ttl <= 0 || step.ttl > day)) faults.push("LCHLD");
  if ("key" in step && step.verb !== "capture" && !isKey(step.key)) faults.push("LCKEY");
  if (step.verb === "add" && step.key.startsWith("free:")) faults.push("LCKEY");
  return faults;
}

const isKey = (key: string) => /^\P{Cc}{1,255}$/u.test(key);
