import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPrice } from "../readers/price.ts";

/** A price that nobody ever paid was removed. */
export const priceDeleted: EventEffect = {
  type: "price.deleted",
  read: readPrice,
  noun: "price",
};
