import type { EventEffect } from "../../_shared/apply-event.ts";
import { readCustomer } from "../readers/customer.ts";

/** The mapping becomes a tombstone; the next checkout makes a new customer. */
export const customerDeleted: EventEffect = {
  type: "customer.deleted",
  read: readCustomer,
  noun: "customer",
};
