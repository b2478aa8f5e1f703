import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPrice } from "../readers/price.ts";

/** A price of the catalog is there to be sold. */
export const priceCreated: EventEffect = {
  type: "price.created",
  read: readPrice,
  noun: "price",
};
