import type { EventEffect } from "../../_shared/apply-event.ts";
import { readProduct } from "../readers/product.ts";

/** A product was switched on or off, or renamed. */
export const productUpdated: EventEffect = {
  type: "product.updated",
  read: readProduct,
  noun: "product",
};
