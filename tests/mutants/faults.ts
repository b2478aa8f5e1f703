// All planted faults, in the order of the chapters: what comes before one of them is migrated once.
import { readChapters } from "./fault.ts";
import { charging } from "./faults/charging.ts";
import { claims } from "./faults/claims.ts";
import { customers } from "./faults/customers.ts";
import { foundations } from "./faults/foundations.ts";
import { holds } from "./faults/holds.ts";
import { keeping } from "./faults/keeping.ts";
import { limits } from "./faults/limits.ts";
import { paying } from "./faults/paying.ts";
import { reading } from "./faults/reading.ts";
import { selling } from "./faults/selling.ts";
import { standing } from "./faults/standing.ts";
import { stripe } from "./faults/stripe.ts";
import { subscribing } from "./faults/subscribing.ts";
import { time } from "./faults/time.ts";
import { toppingUp } from "./faults/topping-up.ts";
import { using } from "./faults/using.ts";
import { work } from "./faults/work.ts";

const nouns = readChapters().map(({ file }) => file.replace(/^\d+_|\.sql$/g, ""));

export const faults = [
  ...foundations,
  ...time,
  ...charging,
  ...limits,
  ...holds,
  ...work,
  ...claims,
  ...reading,
  ...using,
  ...customers,
  ...subscribing,
  ...selling,
  ...paying,
  ...standing,
  ...stripe,
  ...toppingUp,
  ...keeping,
].toSorted((a, b) => nouns.indexOf(a.chapter) - nouns.indexOf(b.chapter));
