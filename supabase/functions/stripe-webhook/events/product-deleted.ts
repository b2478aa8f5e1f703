import type { EventEffect } from "../../_shared/apply-event.ts";
import { readProduct } from "../readers/product.ts";

/** A product without prices was removed. */
export const productDeleted: EventEffect = {
  type: "product.deleted",
  read: readProduct,
  noun: "product",
};
