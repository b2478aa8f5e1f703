import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPrice } from "../readers/price.ts";

/** A price was switched on or off, or renamed; amounts never change. */
export const priceUpdated: EventEffect = {
  type: "price.updated",
  read: readPrice,
  noun: "price",
};
