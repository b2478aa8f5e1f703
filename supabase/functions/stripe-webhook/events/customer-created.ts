import type { EventEffect } from "../../_shared/apply-event.ts";
import { readCustomer } from "../readers/customer.ts";

/** Links a customer that was made elsewhere, if its metadata names an account. */
export const customerCreated: EventEffect = {
  type: "customer.created",
  read: readCustomer,
  noun: "customer",
};
