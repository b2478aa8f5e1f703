import type Stripe from "stripe";
import { createTaxId, removeTaxId } from "../billing/tax-ids.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Call } from "../engine/work.ts";

export const taxIdRoutes = [
  route<Stripe.CustomerCreateTaxIdParams>(
    "post /v1/customers/{customer}/tax_ids",
    ["type", "value"],
    async (call) => {
      const { type, value } = call.params;
      return createTaxId(call, await customerOf(call), type, value);
    },
  ),
  route<Stripe.CustomerListTaxIdsParams>("get /v1/customers/{customer}/tax_ids", paging, async (call) =>
    listPage(call, "tax_id", { body: { customer: await customerOf(call) } }),
  ),
  route("delete /v1/customers/{customer}/tax_ids/{id}", [], async (call) => {
    const taxId = call.path.split("/").at(-1) ?? "";
    await removeTaxId(call, await customerOf(call), taxId);
    return { id: taxId, object: "tax_id", deleted: true };
  }),
];

const customerOf = async ({ state, id }: Pick<Call<unknown>, "state" | "id">) =>
  (await state.get("customer", id)).id;
