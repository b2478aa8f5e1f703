import type Stripe from "stripe";
import { showPrice } from "../billing/subscription-items.ts";
import { invalid } from "../engine/errors.ts";
import { emit, update } from "../engine/events.ts";
import { field, mergeMetadata, need } from "../engine/fields.ts";
import { newId } from "../engine/ids.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Price } from "../engine/types.ts";
import type { Call, Work } from "../engine/work.ts";

const writable = ["active", "lookup_key", "transfer_lookup_key", "metadata", "nickname", "tax_behavior"];
const fixed = ["product", "currency", "unit_amount", "recurring.interval", "recurring.interval_count"];

export const priceRoutes = [
  route<Stripe.PriceCreateParams>("post /v1/prices", [...fixed, ...writable], createPrice),
  route(
    "get /v1/prices",
    [...paging, "created", "active", "lookup_keys", "product", "type", "currency"],
    listPrices,
  ),
  route("get /v1/prices/{price}", [], ({ state, id }) => state.get("price", id)),
  route<Stripe.PriceUpdateParams>("post /v1/prices/{price}", writable, updatePrice),
];

async function createPrice(call: Call<Stripe.PriceCreateParams>): Promise<Price> {
  const { params, state, at } = call;
  const product = await state.get("product", need(params.product, "product"), "product");
  const amount = need(params.unit_amount, "unit_amount");
  if (amount < 0) throw invalid("Invalid non-negative integer", "unit_amount", "parameter_invalid_integer");
  const { recurring } = params;
  const price: Price = {
    id: newId("price", 24),
    object: "price",
    active: params.active ?? true,
    billing_scheme: "per_unit",
    created: at,
    currency: params.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: params.lookup_key || null,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname || null,
    product: product.id,
    recurring: recurring
      ? {
          interval: recurring.interval,
          interval_count: recurring.interval_count ?? 1,
          meter: null,
          trial_period_days: null,
          usage_type: "licensed",
        }
      : null,
    tax_behavior: taxBehavior(params.tax_behavior) ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? "recurring" : "one_time",
    unit_amount: amount,
    unit_amount_decimal: String(amount),
  };
  if (price.lookup_key) await takeLookupKey(call, price.lookup_key, params.transfer_lookup_key ?? false);
  await state.insert(price);
  await emit(call, "price.created", price);
  return price;
}

async function updatePrice(call: Call<Stripe.PriceUpdateParams>): Promise<Price> {
  const { params, state, id } = call;
  const before = await state.get("price", id);
  const behavior = taxBehavior(params.tax_behavior) ?? before.tax_behavior;
  if (before.tax_behavior !== "unspecified" && behavior !== before.tax_behavior)
    throw invalid("You cannot change the tax behavior of a price once it is specified.", "tax_behavior");
  if (params.lookup_key && params.lookup_key !== before.lookup_key)
    await takeLookupKey(call, params.lookup_key, params.transfer_lookup_key ?? false);
  const price = await update(call, "price.updated", before, {
    ...before,
    active: params.active ?? before.active,
    tax_behavior: behavior,
    lookup_key: field(params.lookup_key, before.lookup_key),
    nickname: field(params.nickname, before.nickname),
    metadata: mergeMetadata(before.metadata, params.metadata),
  });
  await showPrice(call, price);
  return price;
}

/** The schema has let no other word through. */
const taxBehavior = (given: string | undefined) => given as Price["tax_behavior"] | undefined;

/** A lookup key names one price; it moves only when the caller says so. */
async function takeLookupKey(work: Work, key: string, isTransfer: boolean): Promise<void> {
  const [holder] = await work.state.list("price", { body: { lookup_key: key } });
  if (!holder) return;
  if (!isTransfer) throw invalid(`A price (\`${holder.id}\`) already uses that lookup key.`, "lookup_key");
  await update(work, "price.updated", holder, { ...holder, lookup_key: null });
}

function listPrices(call: Call<Stripe.PriceListParams>) {
  const { active, lookup_keys: keys, product, type, currency } = call.params;
  const body = {
    ...(active !== undefined && { active }),
    ...(product && { product }),
    ...(type && { type }),
    ...(currency && { currency }),
  };
  return listPage(call, "price", { body, ...(keys && { oneOf: { field: "lookup_key", values: keys } }) });
}
