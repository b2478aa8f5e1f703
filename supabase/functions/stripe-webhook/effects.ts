import type { EventEffect } from "../_shared/apply-event.ts";
import { chargeDisputeClosed } from "./events/charge-dispute-closed.ts";
import { chargeDisputeCreated } from "./events/charge-dispute-created.ts";
import { chargeDisputeFundsReinstated } from "./events/charge-dispute-funds-reinstated.ts";
import { chargeDisputeFundsWithdrawn } from "./events/charge-dispute-funds-withdrawn.ts";
import { chargeDisputeUpdated } from "./events/charge-dispute-updated.ts";
import { chargeRefunded } from "./events/charge-refunded.ts";
import { checkoutSessionAsyncPaymentFailed } from "./events/checkout-session-async-payment-failed.ts";
import { checkoutSessionAsyncPaymentSucceeded } from "./events/checkout-session-async-payment-succeeded.ts";
import { checkoutSessionCompleted } from "./events/checkout-session-completed.ts";
import { checkoutSessionExpired } from "./events/checkout-session-expired.ts";
import { customerCreated } from "./events/customer-created.ts";
import { customerDeleted } from "./events/customer-deleted.ts";
import { customerSubscriptionCreated } from "./events/customer-subscription-created.ts";
import { customerSubscriptionDeleted } from "./events/customer-subscription-deleted.ts";
import { customerSubscriptionPaused } from "./events/customer-subscription-paused.ts";
import { customerSubscriptionPendingUpdateApplied } from "./events/customer-subscription-pending-update-applied.ts";
import { customerSubscriptionPendingUpdateExpired } from "./events/customer-subscription-pending-update-expired.ts";
import { customerSubscriptionResumed } from "./events/customer-subscription-resumed.ts";
import { customerSubscriptionTrialWillEnd } from "./events/customer-subscription-trial-will-end.ts";
import { customerSubscriptionUpdated } from "./events/customer-subscription-updated.ts";
import { customerUpdated } from "./events/customer-updated.ts";
import { invoiceFinalized } from "./events/invoice-finalized.ts";
import { invoiceMarkedUncollectible } from "./events/invoice-marked-uncollectible.ts";
import { invoiceOverpaid } from "./events/invoice-overpaid.ts";
import { invoicePaid } from "./events/invoice-paid.ts";
import { invoicePaymentActionRequired } from "./events/invoice-payment-action-required.ts";
import { invoicePaymentAttemptRequired } from "./events/invoice-payment-attempt-required.ts";
import { invoicePaymentFailed } from "./events/invoice-payment-failed.ts";
import { invoicePaymentPaid } from "./events/invoice-payment-paid.ts";
import { invoiceVoided } from "./events/invoice-voided.ts";
import { paymentIntentPaymentFailed } from "./events/payment-intent-payment-failed.ts";
import { paymentIntentSucceeded } from "./events/payment-intent-succeeded.ts";
import { paymentMethodAttached } from "./events/payment-method-attached.ts";
import { paymentMethodAutomaticallyUpdated } from "./events/payment-method-automatically-updated.ts";
import { paymentMethodDetached } from "./events/payment-method-detached.ts";
import { paymentMethodUpdated } from "./events/payment-method-updated.ts";
import { priceCreated } from "./events/price-created.ts";
import { priceDeleted } from "./events/price-deleted.ts";
import { priceUpdated } from "./events/price-updated.ts";
import { productCreated } from "./events/product-created.ts";
import { productDeleted } from "./events/product-deleted.ts";
import { productUpdated } from "./events/product-updated.ts";
import { refundCreated } from "./events/refund-created.ts";
import { refundFailed } from "./events/refund-failed.ts";
import { refundUpdated } from "./events/refund-updated.ts";
import { subscriptionScheduleAborted } from "./events/subscription-schedule-aborted.ts";
import { subscriptionScheduleCanceled } from "./events/subscription-schedule-canceled.ts";
import { subscriptionScheduleCompleted } from "./events/subscription-schedule-completed.ts";
import { subscriptionScheduleCreated } from "./events/subscription-schedule-created.ts";
import { subscriptionScheduleReleased } from "./events/subscription-schedule-released.ts";
import { subscriptionScheduleUpdated } from "./events/subscription-schedule-updated.ts";

/** The events that Stripe's endpoint must send; any other is recorded by its id and ignored. */
export const effects: EventEffect[] = [
  chargeDisputeClosed,
  chargeDisputeCreated,
  chargeDisputeFundsReinstated,
  chargeDisputeFundsWithdrawn,
  chargeDisputeUpdated,
  chargeRefunded,
  checkoutSessionAsyncPaymentFailed,
  checkoutSessionAsyncPaymentSucceeded,
  checkoutSessionCompleted,
  checkoutSessionExpired,
  customerCreated,
  customerDeleted,
  customerSubscriptionCreated,
  customerSubscriptionDeleted,
  customerSubscriptionPaused,
  customerSubscriptionPendingUpdateApplied,
  customerSubscriptionPendingUpdateExpired,
  customerSubscriptionResumed,
  customerSubscriptionTrialWillEnd,
  customerSubscriptionUpdated,
  customerUpdated,
  invoiceFinalized,
  invoiceMarkedUncollectible,
  invoiceOverpaid,
  invoicePaid,
  invoicePaymentActionRequired,
  invoicePaymentAttemptRequired,
  invoicePaymentFailed,
  invoicePaymentPaid,
  invoiceVoided,
  paymentIntentPaymentFailed,
  paymentIntentSucceeded,
  paymentMethodAttached,
  paymentMethodAutomaticallyUpdated,
  paymentMethodDetached,
  paymentMethodUpdated,
  priceCreated,
  priceDeleted,
  priceUpdated,
  productCreated,
  productDeleted,
  productUpdated,
  refundCreated,
  refundFailed,
  refundUpdated,
  subscriptionScheduleAborted,
  subscriptionScheduleCanceled,
  subscriptionScheduleCompleted,
  subscriptionScheduleCreated,
  subscriptionScheduleReleased,
  subscriptionScheduleUpdated,
];
