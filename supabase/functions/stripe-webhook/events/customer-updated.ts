import type { EventEffect } from "../../_shared/apply-event.ts";
import { readCustomer } from "../readers/customer.ts";

/** Which card is charged by default. Name, e-mail and address are not kept. */
export const customerUpdated: EventEffect = {
  type: "customer.updated",
  read: readCustomer,
  noun: "customer",
};
