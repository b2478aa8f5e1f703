import "server-only";
import { z } from "zod";
import { type ErrorKind, errorKinds, statusOf } from "@/lib/errors";
import type { Endpoint } from "@/lib/http/endpoint";
import { endpoints } from "@/lib/http/endpoints";

const ApiError = z.object({
  error: z.object({
    code: z.enum(errorKinds),
    message: z.string().describe("A sentence for the user, or for who writes the client."),
  }),
});

/** What an OpenAPI client is made of: every address, what it takes, and all that it may answer. */
export function openApi() {
  const paths: Record<string, Record<string, ReturnType<typeof operation>>> = {};
  for (const [path, methods] of Object.entries(endpoints)) {
    const operations = Object.entries<Endpoint>(methods).map(([method, endpoint]) => [
      method.toLowerCase(),
      operation(method, path, endpoint),
    ]);
    paths[path] = Object.fromEntries(operations);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Coffer",
      version: "1",
      description:
        "Credits and billing of one account. A write with a session's cookie must carry this site's Origin. " +
        "A bearer token is the user's access token; where one is sent, the cookie is not looked at.",
    },
    paths,
    components: {
      schemas: { Error: schemaOf(ApiError, "output") },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "sb-{project}-auth-token" },
        token: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      },
    },
  };
}

function operation(method: string, path: string, endpoint: Endpoint) {
  const isWrite = method !== "GET";
  const words = path.split("/").slice(2);
  return {
    operationId: [method.toLowerCase(), ...words.map((word) => word[0]?.toUpperCase() + word.slice(1))].join(
      "",
    ),
    summary: endpoint.summary,
    security: [{ session: [] }, { token: [] }, ...(endpoint.isPublic ? [{}] : [])],
    parameters: [...queryParameters(endpoint.query), ...(endpoint.isKeyed ? [idempotencyKey] : [])],
    ...(method === "POST" ? { requestBody: { content: json(schemaOf(endpoint.body, "input")) } } : {}),
    responses: { ...success(endpoint), ...refusals(endpoint, isWrite) },
  };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  description: "The same again is done once.",
  schema: { type: "string" },
};

function queryParameters(query: z.ZodObject) {
  const { properties = {} } = schemaOf(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", schema }));
}

function success({ answer, summary: description }: Endpoint) {
  if (answer === "nothing") return { 204: { description } };
  const content =
    answer === "text/csv" ? { [answer]: { schema: { type: "string" } } } : json(schemaOf(answer, "output"));
  return { 200: { description, content } };
}

function refusals({ refusals: own }: Endpoint, isWrite: boolean) {
  const common: ErrorKind[] = ["invalid", "signed_out", "unavailable"];
  const ofWrites: ErrorKind[] = ["forbidden", "too_large"];
  const kinds = [...common, ...(isWrite ? ofWrites : []), ...own];
  const byStatus = Map.groupBy(kinds, statusOf);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(", "),
        ...(codes.includes("too_many") ? { headers: retryAfter } : {}),
        content: json({ $ref: "#/components/schemas/Error" }),
      },
    ]),
  );
}

const retryAfter = { "Retry-After": { description: "Seconds", schema: { type: "integer" } } };

function json(schema: object) {
  return { "application/json": { schema } };
}

/** Without what `format` says already, and the bounds that every safe integer has. */
function schemaOf(schema: z.ZodType, io: "input" | "output") {
  const { $schema, ...made } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema }) {
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return made;
}
