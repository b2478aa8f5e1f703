import { invalid } from "./errors.ts";
import { wholeList } from "./lists.ts";
import { expandOnly, resolve, type Schema, schemaOf } from "./spec.ts";
import type { State } from "./state.ts";
import type { List, StripeObject } from "./types.ts";
import type { Answer } from "./work.ts";

/** Replaces ids by their objects, and adds the lists Stripe sends only when asked, along `expand` paths. */
export async function expandAnswer(answer: Answer, paths: string[], state: State): Promise<Answer> {
  for (const path of paths) {
    const parts = path.split(".");
    if (parts.length > 4)
      throw invalid(
        `You cannot expand more than 4 levels of a property. Property: ${path}`,
        "expand",
        "property_expansion_max_depth",
      );
    await expandIn(answer, {}, parts, path, state);
  }
  return answer;
}

async function expandIn(value: unknown, given: Schema, parts: string[], path: string, state: State) {
  const [field, ...rest] = parts;
  if (Array.isArray(value)) {
    for (const element of value) await expandIn(element, given, parts, path, state);
    return;
  }
  if (field === undefined || !isObject(value)) return;
  if (value.object === "list" && field === "data" && Array.isArray(value.data)) {
    for (const element of value.data) await expandIn(element, {}, rest, path, state);
    return;
  }
  const schema = (typeof value.object === "string" && schemaOf(value.object)) || given;
  const property = schema.properties?.[field];
  if (!property || (rest.length === 0 && !isExpandable(property)))
    throw invalid(`This property cannot be expanded (${path}).`, "expand");
  if (property["x-expansionResources"] && typeof value[field] === "string")
    value[field] = (await state.findAny(value[field])) ?? value[field];
  if (value[field] === undefined && expandOnly[String(value.object)]?.includes(field))
    value[field] = await listOnDemand(value, field, path, state);
  await expandIn(value[field], objectSchema(property), rest, path, state);
}

/** Ids, and what is an API object or a list already, which Stripe accepts and leaves as it is. */
function isExpandable(property: Schema): boolean {
  return "x-expansionResources" in property || objectSchema(property).properties?.object !== undefined;
}

function objectSchema(property: Schema): Schema {
  const alternatives = (property.anyOf ?? [property.items ?? property]).map(resolve);
  return alternatives.find((alternative) => alternative.properties) ?? {};
}

async function listOnDemand(
  owner: Record<string, unknown>,
  field: string,
  path: string,
  state: State,
): Promise<List<StripeObject>> {
  const id = String(owner.id);
  if (owner.object === "checkout.session" && field === "line_items") {
    const items = await state.list("item", { hidden: { session: id } }, { limit: 100, oldestFirst: true });
    return wholeList(items, `/v1/checkout/sessions/${id}/line_items`);
  }
  if (owner.object === "invoice" && field === "payments")
    return wholeList(await state.list("invoice_payment", { body: { invoice: id } }), "/v1/invoice_payments");
  if (owner.object === "charge" && field === "refunds")
    return wholeList(await state.list("refund", { body: { charge: id } }), `/v1/charges/${id}/refunds`);
  if (owner.object === "customer" && field === "subscriptions") {
    const live = { body: { customer: id }, notBody: { status: "canceled" } };
    return wholeList(await state.list("subscription", live), `/v1/customers/${id}/subscriptions`);
  }
  throw invalid(`The local sandbox does not expand ${path}`, "expand");
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
