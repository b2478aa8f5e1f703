import { Hono } from "hono";
import type pg from "pg";
import { workOn } from "./engine/clocks.ts";
import { isStripeError } from "./engine/errors.ts";
import { handle } from "./engine/handle.ts";
import { unix } from "./engine/time.ts";
import { transact, writeAlone } from "./engine/transaction.ts";
import { notFoundPage } from "./pages/layout.ts";
import { type PageServer, pages } from "./pages/pages.ts";
import { recordExchange } from "./recording.ts";
import { type SandboxControl, sandboxRoutes } from "./sandbox-routes.ts";

type ServerOptions = {
  pool: pg.Pool;
  publicUrl: string;
  now: () => Date;
  log: (line: string) => void;
  /** Something was committed that may have to be delivered. */
  onWrite: () => Promise<void>;
  control: SandboxControl;
};

/** The sandbox over HTTP: the API under /v1, and the pages a customer sees. */
export function sandboxServer({ pool, publicUrl, now, log, onWrite, control }: ServerOptions): Hono {
  const app = new Hono();
  app.on("ALL", ["/v1/*", "/v2/*"], async (c) => {
    const url = new URL(c.req.url);
    const request = {
      method: c.req.method,
      path: url.pathname,
      query: url.search.slice(1),
      body: await c.req.text(),
      header: (name: string) => c.req.header(name),
    };
    const { status, body, headers } = await transact(pool, publicUrl, (state) => handle(request, state, now));
    recordExchange(request, status, body);
    if (status >= 400) log(`${request.method} ${request.path} ${status}: ${reasonOf(body)}`);
    if (request.method !== "GET") void onWrite();
    return Response.json(body, { status, headers });
  });
  const server: PageServer = {
    read: (id, act) =>
      transact(pool, publicUrl, async (state) => act(await workOn(state, unix(now()), [id], false))),
    write: async (id, act) => {
      const result = await transact(pool, publicUrl, async (state) => {
        await writeAlone(state);
        return act(await workOn(state, unix(now()), [id], true));
      });
      // Stripe's Checkout too gives the webhook ten seconds before it sends the customer back.
      await Promise.race([onWrite(), new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
      return result;
    },
  };
  app.route("/", pages(server));
  app.route("/sandbox", sandboxRoutes(control, onWrite));
  app.notFound((c) => c.html(notFoundPage(), 404));
  app.onError((error, c) => {
    if (isStripeError(error)) return c.html(notFoundPage(), 404);
    log(`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`);
    const body = { type: "api_error", message: "The local sandbox failed; its log says why." };
    return c.json({ error: body }, 500);
  });
  return app;
}

/** In words: whoever moves the clock reads it too. */
function reasonOf(body: unknown): string {
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : body;
  const isTold = typeof error === "object" && error !== null && "message" in error;
  return isTold ? String(error.message) : "refused";
}
