// All planted faults, in the order of the chapters.
import { charging } from "./faults/charging.ts";
import { claims } from "./faults/claims.ts";
import { customers } from "./faults/customers.ts";
import { foundations } from "./faults/foundations.ts";
import { holds } from "./faults/holds.ts";
import { keeping } from "./faults/keeping.ts";
import { limits } from "./faults/limits.ts";
import { paying } from "./faults/paying.ts";
import { reading } from "./faults/reading.ts";
import { standing } from "./faults/standing.ts";
import { stripe } from "./faults/stripe.ts";
import { subscribing } from "./faults/subscribing.ts";
import { time } from "./faults/time.ts";
import { work } from "./faults/work.ts";

export const faults = [
  ...foundations,
  ...time,
  ...charging,
  ...limits,
  ...holds,
  ...work,
  ...claims,
  ...reading,
  ...customers,
  ...subscribing,
  ...paying,
  ...standing,
  ...stripe,
  ...keeping,
];
