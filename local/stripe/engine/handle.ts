import { sandboxKeys } from "../../keys.ts";
import { routes } from "../resources/routes.ts";
import { workOn } from "./clocks.ts";
import { invalid, isStripeError, type StripeError, stripeError } from "./errors.ts";
import { expandAnswer } from "./expand.ts";
import { type Outcome, once } from "./idempotency.ts";
import { newId } from "./ids.ts";
import { decodeForm, type Form, leafPaths, readParams } from "./params.ts";
import type { Route } from "./route.ts";
import { apiVersion } from "./spec.ts";
import type { State } from "./state.ts";
import { unix } from "./time.ts";
import { attempt, writeAlone } from "./transaction.ts";

type ApiRequest = {
  method: string;
  path: string;
  query: string;
  body: string;
  header: (name: string) => string | undefined;
};
type ApiAnswer = Outcome & { headers: Record<string, string> };

/** Answers one API request as Stripe would, inside the transaction that `state` stands on. */
export async function handle(request: ApiRequest, state: State, clock: () => Date): Promise<ApiAnswer> {
  const requestId = newId("req");
  const headers: Record<string, string> = { "request-id": requestId, "stripe-version": apiVersion };
  try {
    checkCaller(request);
    const { route, id } = findRoute(request);
    const form = decodeForm(request.method === "POST" ? request.body : request.query);
    const params = readCall(route, form);
    const key = request.method === "GET" ? undefined : request.header("idempotency-key");
    const now = unix(clock());
    const run: Run = { request, id, params, state, now, requestId, key };
    if (request.method === "GET") return { ...(await answer(route, run)), headers };
    const write = async () => {
      await writeAlone(state);
      return answer(route, run);
    };
    if (key === undefined) return { ...(await write()), headers };
    const text = JSON.stringify([request.method, request.path, params]);
    const { isReplay, ...outcome } = await once(state, key, text, now, write);
    headers["idempotency-key"] = key;
    if (isReplay) headers["idempotent-replayed"] = "true";
    return { ...outcome, headers };
  } catch (error) {
    if (isStripeError(error)) return { ...refusal(error), headers };
    throw error;
  }
}

function checkCaller({ header }: ApiRequest): void {
  if (!isOurKey(header("authorization")))
    throw stripeError(401, {
      type: "invalid_request_error",
      message: `Invalid API Key provided. The local sandbox expects ${sandboxKeys.secret}.`,
    });
  const version = header("stripe-version");
  if (version !== apiVersion)
    throw invalid(
      `Invalid Stripe API version: ${version ?? "none"}. The local sandbox speaks ${apiVersion} only.`,
    );
}

/** As Stripe's SDKs send it, or as `curl -u` does: the key is the user, without a password. */
export const isOurKey = (authorization: string | undefined): boolean =>
  authorization === `Bearer ${sandboxKeys.secret}` ||
  authorization === `Basic ${Buffer.from(`${sandboxKeys.secret}:`).toString("base64")}`;

function findRoute({ method, path }: ApiRequest): { route: Route; id: string } {
  for (const route of routes) {
    const match = route.method === method.toLowerCase() ? route.pattern.exec(path) : null;
    if (match) return { route, id: match[1] ?? "" };
  }
  throw stripeError(404, {
    type: "invalid_request_error",
    message: `Unrecognized request URL (${method}: ${path}). The local sandbox has no such endpoint.`,
  });
}

function readCall(route: Route, form: Form) {
  const params = readParams(form, route.schema) as Record<string, unknown>;
  const takes = ["expand", ...route.takes];
  for (const leaf of leafPaths(form))
    if (leaf && !takes.some((taken) => leaf === taken || leaf.startsWith(`${taken}.`)))
      throw invalid(`The local sandbox does not act on the parameter ${leaf} yet; Stripe does.`, leaf);
  return params;
}

type Run = {
  request: ApiRequest;
  id: string;
  params: Record<string, unknown>;
  state: State;
  now: number;
  requestId: string;
  key: string | undefined;
};

/** The outcome to be kept under the caller's key: an answer, or a refusal whose writes are undone. */
async function answer(route: Route, run: Run): Promise<Outcome> {
  const { request, id, params, state, now, requestId, key } = run;
  const { expand, ...own } = params;
  try {
    const act = async () => {
      const by = { id: requestId, idempotency_key: key ?? null };
      const work = await workOn(state, now, [id, ...referredTo(own)], request.method !== "GET");
      const answered = await route.run({ ...work, request: by, path: request.path, id, params: own });
      const paths = Array.isArray(expand) ? expand.map(String) : [];
      return { status: 200, body: await expandAnswer(structuredClone(answered), paths, state) };
    };
    return await attempt(state, () => act().catch(recorded));
  } catch (error) {
    if (isStripeError(error)) return refusal(error);
    throw error;
  }
}

/** The parameters that name what an act is about, and so on whose clock it is. */
const owners = ["test_clock", "customer", "subscription", "from_subscription", "payment_intent", "charge"];

const referredTo = (params: Record<string, unknown>): string[] =>
  owners.map((owner) => params[owner]).filter((id) => typeof id === "string");

const refusal = ({ status, body }: StripeError): Outcome => ({ status, body: { error: body } });

/** The refusal whose writes are kept. */
function recorded(error: unknown): Outcome {
  if (isStripeError(error) && error.isRecorded) return refusal(error);
  throw error;
}
