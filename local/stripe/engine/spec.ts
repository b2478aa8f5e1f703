import { readFileSync } from "node:fs";

/** Stripe's schema of the pinned version, as far as the sandbox reads it (OpenAPI 3.0, `contract/README.md`). */
export type Schema = {
  $ref?: string;
  type?: string;
  enum?: string[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  maxLength?: number;
  nullable?: boolean;
  "x-expansionResources"?: { oneOf: Schema[] };
};
type Parameter = { name: string; in: "path" | "query"; required?: boolean; schema: Schema };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Spec = {
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
  "x-expandOnly": Record<string, string[]>;
};

const spec = JSON.parse(
  readFileSync(new URL("../contract/stripe-spec.trimmed.json", import.meta.url), "utf8"),
) as Spec;

export const apiVersion = spec.info.version;
export const expandOnly = spec["x-expandOnly"];
export const schemaOf = (name: string): Schema | undefined => spec.components.schemas[name];

export function resolve(schema: Schema): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  return name ? (schemaOf(name) ?? {}) : schema;
}

/** The schema of all parameters of an endpoint such as `post /v1/customers`; undefined when Stripe has no such endpoint. */
export function parameterSchema(endpoint: string): Schema | undefined {
  const [method = "", path = ""] = endpoint.split(" ");
  const operation = spec.paths[path]?.[method];
  if (!operation) return undefined;
  if (method === "post" || method === "delete")
    return operation.requestBody?.content["application/x-www-form-urlencoded"]?.schema ?? { type: "object" };
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === "query");
  const expand: Schema = { type: "array", items: { type: "string" } };
  return {
    type: "object",
    properties: { expand, ...Object.fromEntries(query.map(({ name, schema }) => [name, schema])) },
    required: query.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    additionalProperties: false,
  };
}
