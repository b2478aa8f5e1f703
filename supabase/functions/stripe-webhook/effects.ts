import type { EventEffect } from "../_shared/apply-event.ts";
import { chargeDisputeClosed } from "./events/charge-dispute-closed.ts";
import { chargeDisputeCreated } from "./events/charge-dispute-created.ts";
import { chargeDisputeFundsReinstated } from "./events/charge-dispute-funds-reinstated.ts";
import { chargeDisputeFundsWithdrawn } from "./events/charge-dispute-funds-withdrawn.ts";
import { chargeDisputeUpdated } from "./events/charge-dispute-updated.ts";
import { checkoutSessionCompleted } from "./events/checkout-session-completed.ts";
import { customerSubscriptionCreated } from "./events/customer-subscription-created.ts";
import { customerSubscriptionDeleted } from "./events/customer-subscription-deleted.ts";
import { customerSubscriptionUpdated } from "./events/customer-subscription-updated.ts";
import { invoicePaid } from "./events/invoice-paid.ts";
import { invoicePaymentFailed } from "./events/invoice-payment-failed.ts";
import { refundCreated } from "./events/refund-created.ts";
import { refundFailed } from "./events/refund-failed.ts";
import { refundUpdated } from "./events/refund-updated.ts";

/** The events that Stripe's endpoint must send; any other is recorded by its id and ignored. */
export const effects: EventEffect[] = [
  checkoutSessionCompleted,
  customerSubscriptionCreated,
  customerSubscriptionUpdated,
  customerSubscriptionDeleted,
  invoicePaid,
  invoicePaymentFailed,
  refundCreated,
  refundUpdated,
  refundFailed,
  chargeDisputeCreated,
  chargeDisputeUpdated,
  chargeDisputeClosed,
  chargeDisputeFundsWithdrawn,
  chargeDisputeFundsReinstated,
];
