import type Stripe from "stripe";
import { expireSession, priceSession } from "../billing/checkout.ts";
import { methodTypes } from "../billing/payments.ts";
import type { MissingMethod } from "../engine/billing-types.ts";
import type { CheckoutSession, LineItem, SessionOrder } from "../engine/checkout-types.ts";
import { invalid } from "../engine/errors.ts";
import { mergeMetadata, need, webAddress } from "../engine/fields.ts";
import { newId } from "../engine/ids.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import { day, hour } from "../engine/time.ts";
import type { Call } from "../engine/work.ts";
import { newSession } from "./new-session.ts";
import { readDiscounts } from "./session-discounts.ts";

type Params = Stripe.Checkout.SessionCreateParams;

const writable = [
  "mode",
  "ui_mode",
  "customer",
  "customer_email",
  "client_reference_id",
  "metadata",
  "line_items.price",
  "line_items.quantity",
  "success_url",
  "cancel_url",
  "expires_at",
  "currency",
  "locale",
  "submit_type",
  "billing_address_collection",
  "allow_promotion_codes",
  "automatic_tax.enabled",
  "customer_update",
  "discounts.coupon",
  "discounts.promotion_code",
  "tax_id_collection.enabled",
  "subscription_data.metadata",
  "subscription_data.description",
  "subscription_data.trial_period_days",
  "subscription_data.trial_end",
  "subscription_data.trial_settings.end_behavior.missing_payment_method",
  "payment_method_collection",
  "payment_intent_data.metadata",
  "payment_intent_data.description",
];

export const checkoutSessionRoutes = [
  route("post /v1/checkout/sessions", writable, createSession),
  route(
    "get /v1/checkout/sessions",
    [...paging, "created", "customer", "payment_intent", "status", "subscription"],
    listSessions,
  ),
  route("get /v1/checkout/sessions/{session}", [], ({ state, id }) => state.get("checkout.session", id)),
  route<Stripe.Checkout.SessionListLineItemsParams>(
    "get /v1/checkout/sessions/{session}/line_items",
    paging,
    async (call) => {
      const session = await call.state.get("checkout.session", call.id);
      return listPage(call, "item", { hidden: { session: session.id } }, true);
    },
  ),
  route("post /v1/checkout/sessions/{session}/expire", [], async (call) => {
    const session = await call.state.get("checkout.session", call.id);
    if (session.status !== "open")
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
      );
    return expireSession(call, session);
  }),
];

async function createSession(call: Call<Params>): Promise<CheckoutSession> {
  const { params, state, at } = call;
  const mode = need(params.mode, "mode");
  if (mode === "setup") throw invalid("The local sandbox has no setup mode yet; Stripe does.", "mode");
  if (params.ui_mode && params.ui_mode !== "hosted_page")
    throw invalid("The local sandbox has the hosted page only.", "ui_mode");
  const customer = params.customer ? await state.get("customer", params.customer, "customer") : null;
  if (customer && params.customer_email)
    throw invalid("You may only specify one of these parameters: customer, customer_email.", "customer");
  webAddress(need(params.success_url, "success_url"), "success_url");
  if (params.cancel_url) webAddress(params.cancel_url, "cancel_url");
  checkModeData(params);
  const expiresAt = params.expires_at ?? at + day;
  if (expiresAt < at + hour / 2 || expiresAt > at + day)
    throw invalid(
      "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
      "expires_at",
    );
  const id = newId("cs_test", 58);
  checkTrial(call);
  const given = await readItems(call);
  const discounts = await readDiscounts(call, given[0]?.currency ?? "usd");
  const session = newSession({ id, params, customer, at, expiresAt, publicUrl: state.publicUrl });
  const { items, ...totals } = await priceSession(call, given, discounts, session.automatic_tax.enabled);
  const priced: CheckoutSession = { ...session, ...totals, discounts, ...methodsOf(given) };
  const order: SessionOrder = {
    subscription_metadata: mergeMetadata({}, params.subscription_data?.metadata),
    subscription_description: params.subscription_data?.description ?? null,
    trial_period_days: params.subscription_data?.trial_period_days ?? null,
    trial_end: params.subscription_data?.trial_end ?? null,
    missing_payment_method: missingMethod(params),
    payment_metadata: mergeMetadata({}, params.payment_intent_data?.metadata),
    payment_description: params.payment_intent_data?.description ?? null,
  };
  await state.insert(priced, { order }, expiresAt);
  for (const item of items) await state.insert(item, { session: id });
  return priced;
}

const methodsOf = ([first]: LineItem[]) => ({
  currency: first?.currency ?? "usd",
  payment_method_types: methodTypes(first?.currency ?? "usd"),
});

function checkModeData({ mode, subscription_data, payment_intent_data }: Params): void {
  if (mode === "payment" && subscription_data)
    throw invalid("You can not pass `subscription_data` in `payment` mode.", "subscription_data");
  if (mode === "subscription" && payment_intent_data)
    throw invalid("You can not pass `payment_intent_data` in `subscription` mode.", "payment_intent_data");
}

function checkTrial({ params, at }: Call<Params>): void {
  const { trial_end: end, trial_period_days: days } = params.subscription_data ?? {};
  if (end !== undefined && days !== undefined)
    throw invalid("You cannot set both trial_end and trial_period_days.", "subscription_data[trial_end]");
  if (end !== undefined && end < at + 2 * day)
    throw invalid("The `trial_end` must be at least 2 days in the future.", "subscription_data[trial_end]");
  if (days !== undefined && days < 1)
    throw invalid("Invalid positive integer", "subscription_data[trial_period_days]");
  if (params.payment_method_collection && params.mode !== "subscription")
    throw invalid(
      "You can only set payment_method_collection if there are recurring prices.",
      "payment_method_collection",
    );
}

const hasTrial = ({ subscription_data: data }: Params): boolean =>
  data?.trial_end !== undefined || data?.trial_period_days !== undefined;

const missingMethod = ({ subscription_data: data }: Params) =>
  (data?.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice") as MissingMethod;

async function readItems({ params, state }: Call<Params>): Promise<LineItem[]> {
  const items: LineItem[] = [];
  for (const [index, given] of need(params.line_items, "line_items").entries()) {
    const name = `line_items[${index}]`;
    const price = await state.get("price", need(given.price, `${name}[price]`), `${name}[price]`);
    if (!price.active)
      throw invalid(
        `The price specified is inactive. This field only accepts active prices.`,
        `${name}[price]`,
      );
    if (params.mode === "payment" && price.recurring)
      throw invalid(
        "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
        "mode",
      );
    if (params.mode === "subscription" && !price.recurring)
      throw invalid(
        "The local sandbox sells only recurring prices in `subscription` mode.",
        `${name}[price]`,
      );
    const quantity = need(given.quantity, `${name}[quantity]`);
    if (quantity < 1)
      throw invalid("Invalid positive integer", `${name}[quantity]`, "parameter_invalid_integer");
    if (items[0] && items[0].currency !== price.currency)
      throw invalid("All prices of a session must have the same currency.", `${name}[price]`);
    const product = await state.get("product", price.product);
    const amount = hasTrial(params) ? 0 : price.unit_amount * quantity;
    items.push({
      id: newId("li", 24),
      object: "item",
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: price.currency,
      description: product.name,
      metadata: {},
      price,
      quantity,
    });
  }
  if (items.length === 0 || items.length > 20)
    throw invalid(`A session has 1 to 20 line items, this one has ${items.length}.`, "line_items");
  return items;
}

function listSessions(call: Call<Stripe.Checkout.SessionListParams>) {
  const { customer, payment_intent, status, subscription } = call.params;
  return listPage(call, "checkout.session", {
    body: {
      ...(customer && { customer }),
      ...(payment_intent && { payment_intent }),
      ...(status && { status }),
      ...(subscription && { subscription }),
    },
  });
}
