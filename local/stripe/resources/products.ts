import type Stripe from "stripe";
import { invalid } from "../engine/errors.ts";
import { emit, update } from "../engine/events.ts";
import { field, mergeMetadata } from "../engine/fields.ts";
import { newId } from "../engine/ids.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Product } from "../engine/types.ts";
import type { Call } from "../engine/work.ts";

const writable = ["name", "description", "active", "metadata", "tax_code"];

export const productRoutes = [
  route<Stripe.ProductCreateParams>("post /v1/products", ["id", ...writable], createProduct),
  route<Stripe.ProductListParams>("get /v1/products", [...paging, "created", "active"], (call) =>
    listPage(call, "product", {
      body: call.params.active === undefined ? {} : { active: call.params.active },
    }),
  ),
  route("get /v1/products/{id}", [], ({ state, id }) => state.get("product", id)),
  route<Stripe.ProductUpdateParams>("post /v1/products/{id}", writable, updateProduct),
];

async function createProduct(call: Call<Stripe.ProductCreateParams>): Promise<Product> {
  const { params, state, at } = call;
  if (params.id && (await state.findAny(params.id)))
    throw invalid("Product already exists.", "id", "resource_already_exists");
  const product: Product = {
    id: params.id || newId("prod"),
    object: "product",
    active: params.active ?? true,
    created: at,
    default_price: null,
    description: params.description || null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: mergeMetadata({}, params.metadata),
    name: params.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: params.tax_code || null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: at,
    url: null,
  };
  await state.insert(product);
  await emit(call, "product.created", product);
  return product;
}

async function updateProduct(call: Call<Stripe.ProductUpdateParams>): Promise<Product> {
  const { params, state, id } = call;
  const before = await state.get("product", id);
  return update(call, "product.updated", before, {
    ...before,
    name: params.name ?? before.name,
    description: field(params.description, before.description),
    active: params.active ?? before.active,
    tax_code: field(params.tax_code, before.tax_code),
    metadata: mergeMetadata(before.metadata, params.metadata),
  });
}
