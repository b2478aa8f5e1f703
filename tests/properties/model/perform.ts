// One step of the model: the world after it, and the answer, or the codes of the rules that it broke.
import type { Step } from "../steps.ts";
import { faultsOf } from "./faults.ts";
import { addCredits, grant } from "./grants.ts";
import { capture, extend, hold, release } from "./holds.ts";
import { settle } from "./ledger.ts";
import type { Work } from "./operations.ts";
import { quote, read } from "./reads.ts";
import { reverse } from "./reversals.ts";
import { spend } from "./spends.ts";
import { type Answer, codeOf, copyOf, type World } from "./world.ts";

export function perform(world: World, step: Step): { world: World; answer: Answer } {
  const next = copyOf(world);
  const broken = new Set(faultsOf(step));
  let answer: Answer = {};
  try {
    answer = act(next, step);
  } catch (error) {
    broken.add(codeOf(error));
  }
  return broken.size > 0 ? { world, answer: { error: [...broken] } } : { world: next, answer };
}

function act(world: World, step: Step): Answer {
  const now = step.at;
  switch (step.verb) {
    case "grant":
      return grant(world, now, step);
    case "add":
      return addCredits(world, now, step);
    case "deduct":
      return spend(world, now, { ...step, wanted: step.credits, by: "server", costMicros: null });
    case "consume":
      return spend(world, now, { ...step, wanted: workOf(step) });
    case "hold":
      return hold(world, now, { ...step, wanted: step.credits, by: "server", costMicros: null });
    case "place hold":
      return hold(world, now, { ...step, wanted: workOf(step), costMicros: null });
    case "capture":
      return capture(world, now, step);
    case "release":
      return release(world, now, step);
    case "extend":
      return extend(world, now, step);
    case "reverse":
      return reverse(world, now, step);
    case "read":
      return read(world, now, step.account);
    case "quote":
      return quote(world, now, step.account, step.operation, step.params);
    case "sweep":
      for (const account of Object.values(world.accounts)) settle(account, now);
      return {};
  }
}

const workOf = ({ operation, params }: Work): Work => ({ operation, params });
