import type { EventEffect } from "../_shared/apply-event.ts";
import { checkoutSessionCompleted } from "./events/checkout-session-completed.ts";
import { customerSubscriptionCreated } from "./events/customer-subscription-created.ts";
import { customerSubscriptionDeleted } from "./events/customer-subscription-deleted.ts";
import { customerSubscriptionUpdated } from "./events/customer-subscription-updated.ts";
import { invoicePaid } from "./events/invoice-paid.ts";
import { invoicePaymentFailed } from "./events/invoice-payment-failed.ts";

/** The events that Stripe's endpoint must send; any other is recorded by its id and ignored. */
export const effects: EventEffect[] = [
  checkoutSessionCompleted,
  customerSubscriptionCreated,
  customerSubscriptionUpdated,
  customerSubscriptionDeleted,
  invoicePaid,
  invoicePaymentFailed,
];
