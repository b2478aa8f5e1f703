import type Stripe from "stripe";
import { attachMethod } from "../billing/attach.ts";
import { deleteCustomer } from "../billing/delete-customer.ts";
import { methodOfCustomer, setCustomerDefault } from "../billing/payment-methods.ts";
import { addressOf } from "../billing/portal-details.ts";
import { checkRoom } from "../billing/test-clocks.ts";
import { missingResource } from "../engine/errors.ts";
import { emit, update } from "../engine/events.ts";
import { field, mergeMetadata } from "../engine/fields.ts";
import { newId, randomText } from "../engine/ids.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Customer } from "../engine/types.ts";
import type { Call, Work } from "../engine/work.ts";

const writable = ["address", "email", "name", "description", "phone", "metadata"];

export const customerRoutes = [
  route(
    "post /v1/customers",
    [...writable, "test_clock", "payment_method", "invoice_settings.default_payment_method"],
    createWithMethod,
  ),
  route<Stripe.CustomerListParams>(
    "get /v1/customers",
    [...paging, "created", "email", "test_clock"],
    (call) => {
      const { email, test_clock: clock = null } = call.params;
      const body = { test_clock: clock, ...(email && { email }) };
      return listPage(call, "customer", { body, notBody: { deleted: true } });
    },
  ),
  route("get /v1/customers/{customer}", [], async ({ state, id }) => {
    const known = await state.find("customer", id);
    if (!known) throw missingResource("customer", id);
    return known;
  }),
  route(
    "post /v1/customers/{customer}",
    [...writable, "invoice_settings.default_payment_method"],
    updateCustomer,
  ),
  route("delete /v1/customers/{customer}", [], (call) => deleteCustomer(call, call.id)),
];

/** A method given twice, to keep and to charge by default, is one. */
async function createWithMethod(call: Call<Stripe.CustomerCreateParams>): Promise<Customer> {
  const { payment_method: given, invoice_settings: settings } = call.params;
  const byDefault = settings?.default_payment_method;
  if (byDefault && byDefault !== given)
    throw missingResource("payment_method", byDefault, "invoice_settings[default_payment_method]");
  const customer = await createCustomer(call);
  if (!given) return customer;
  const method = await attachMethod(call, given, customer.id);
  if (byDefault) await setCustomerDefault(call, customer.id, method.id);
  return call.state.get("customer", customer.id);
}

export async function createCustomer(
  call: Work & { params: Stripe.CustomerCreateParams },
): Promise<Customer> {
  const { params, state, at } = call;
  if (params.test_clock) await checkRoom(call, params.test_clock);
  const customer: Customer = {
    id: newId("cus"),
    object: "customer",
    address: addressOf(params.address || {}),
    balance: 0,
    created: at,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: params.description || null,
    discount: null,
    email: params.email || null,
    invoice_prefix: randomText(8, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name || null,
    next_invoice_sequence: 1,
    phone: params.phone || null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: params.test_clock ?? null,
  };
  await state.insert(customer);
  await emit(call, "customer.created", customer);
  return customer;
}

async function updateCustomer(call: Call<Stripe.CustomerUpdateParams>): Promise<Customer> {
  const { params, state, id } = call;
  const before = await state.get("customer", id);
  const method = params.invoice_settings?.default_payment_method;
  if (method) await methodOfCustomer(call, id, method, "invoice_settings[default_payment_method]");
  return update(call, "customer.updated", before, {
    ...before,
    ...(params.address !== undefined && { address: addressOf({ ...before.address, ...params.address }) }),
    email: field(params.email, before.email),
    name: field(params.name, before.name),
    description: field(params.description, before.description),
    phone: field(params.phone, before.phone),
    metadata: mergeMetadata(before.metadata, params.metadata),
    ...(method !== undefined && {
      invoice_settings: { ...before.invoice_settings, default_payment_method: method || null },
    }),
  });
}
