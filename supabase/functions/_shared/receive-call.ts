import type { Env } from "./env.ts";
import { failureOf } from "./failure.ts";
import { sha256 } from "./stripe-event.ts";

/** A hosted function has 150 seconds to answer; what is left is for the next call. */
const MOST_MS = 100_000;

/** Does some work, until the time is up; null: the body is not one that is understood. */
type Work = (body: string, isTimeUp: () => boolean) => Promise<object | null>;

/** What a schedule calls, with the project's secret key. */
export function callReceiver(name: string, { supabaseSecretKey }: Env, work: Work) {
  function refuse(status: number, error: string): Response {
    console.log(JSON.stringify({ function: name, error }));
    return Response.json({ error }, { status, headers: { allow: "POST" } });
  }

  return async function receive(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuse(405, "method");
    if (!(await isTheKey(request, supabaseSecretKey))) return refuse(401, "key");
    const end = Date.now() + MOST_MS;
    try {
      const done = await work(await request.text(), () => Date.now() > end);
      return done ? Response.json(done) : refuse(422, "shape");
    } catch (error) {
      const { status, reason } = failureOf(error);
      return refuse(status, reason);
    }
  };
}

/** By their hashes, for how long it takes to compare these says nothing about the key. */
async function isTheKey({ headers }: Request, key: string): Promise<boolean> {
  const given = headers.get("authorization")?.replace(/^Bearer /i, "") ?? headers.get("apikey") ?? "";
  const [one, other] = await Promise.all([given, key].map((text) => sha256(new TextEncoder().encode(text))));
  return one === other;
}
