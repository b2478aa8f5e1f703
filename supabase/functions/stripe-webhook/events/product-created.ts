import type { EventEffect } from "../../_shared/apply-event.ts";
import { readProduct } from "../readers/product.ts";

/** A product is there to be sold. */
export const productCreated: EventEffect = {
  type: "product.created",
  read: readProduct,
  noun: "product",
};
