import "server-only";
import type { z } from "zod";
import { bearerToken } from "@/lib/auth/bearer-token";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { AppError } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { checkOrigin } from "@/lib/http/check-origin";
import type { Endpoint, Method } from "@/lib/http/endpoint";
import { readJson } from "@/lib/http/read-json";
import { queryFields } from "@/lib/query-fields";

type Asked<Query, Body> = { query: Query; body: Body; headers: Headers };
type Handler = (request: Request) => Promise<Response>;

/** Checks who asks and what for, then works; the answer is what the schema says, or a file. */
export function serve<Query, Body, Answer>(
  endpoint: Endpoint<Query, Body, Answer>,
  work: (asked: Asked<Query, Body>) => Promise<Answer>,
): Handler {
  return (request) =>
    answer(async () => {
      const { headers } = request;
      if (request.method !== "GET") checkOrigin(request);
      if (!endpoint.isPublic || bearerToken(headers) !== null) await getUserOrThrow();
      const { searchParams } = new URL(request.url);
      const query = read(endpoint.query, "address", queryFields(endpoint.query, searchParams), endpoint.hint);
      const sent = request.method === "POST" ? await readJson(request) : {};
      const body = read(endpoint.body, "body", sent, endpoint.hint);
      return work({ query, body, headers });
    });
}

function read<T>(schema: z.ZodType<T>, place: "address" | "body", input: unknown, hint = ""): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  // What is not known comes first: who states a price is told that.
  const problems = [...parsed.error.issues]
    .sort((one, other) => Number(isUnknown(other)) - Number(isUnknown(one)))
    .slice(0, 3)
    .map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message))
    .join("; ");
  throw new AppError("invalid", "notRight", { values: { place, problems: problems.slice(0, 300), hint } });
}

function isUnknown({ code }: z.core.$ZodIssue): boolean {
  return code === "unrecognized_keys";
}

const all = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** What a route exports: for what it does not know too, so that this is refused in the words of the others. */
export function methods(
  known: Partial<Record<Method, Handler>>,
): Record<(typeof all)[number] | "OPTIONS", Handler> {
  const allow = Object.keys(known).join(", ");
  const refuse: Handler = async () => {
    const refused = await answer(() => {
      throw new AppError("not_allowed", "takes", { values: { methods: allow } });
    });
    refused.headers.set("allow", allow);
    return refused;
  };
  const tell: Handler = async () => new Response(null, { status: 204, headers: { allow } });
  const { GET = refuse, POST = refuse, DELETE = refuse } = known;
  return { GET, POST, DELETE, PUT: refuse, PATCH: refuse, OPTIONS: tell };
}
