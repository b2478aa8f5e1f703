import { Hono } from "hono";
import type { NewCard } from "./billing/cards.ts";
import type { Settings } from "./billing/settings.ts";
import { isStripeError, missingResource, stripeError } from "./engine/errors.ts";
import { isOurKey } from "./engine/handle.ts";
import type { PaymentMethod } from "./engine/types.ts";
import type { Switches } from "./switches.ts";

export type SandboxControl = {
  switches(): Switches;
  setSwitches(given: Record<string, unknown>): Switches;
  /** False: there is no such event. */
  resend(event: string): Promise<boolean>;
  replaceCard(method: string, card: NewCard): Promise<PaymentMethod>;
  setLastFailure(given: string): Promise<Settings>;
};

/** What Stripe has no API for, over HTTP: how webhooks are delivered, what a customer's bank does, what the account settled. */
export function sandboxRoutes(control: SandboxControl, deliver: () => void): Hono {
  const app = new Hono();
  // A web page can post to a loopback address; it does not know the key.
  app.use(async (c, next) => {
    if (!isOurKey(c.req.header("authorization")))
      throw stripeError(401, { type: "invalid_request_error", message: "The sandbox's key is missing." });
    await next();
  });
  app.get("/deliveries", (c) => c.json(control.switches()));
  app.post("/deliveries", async (c) => {
    const set = control.setSwitches(await c.req.parseBody());
    deliver();
    return c.json(set);
  });
  app.post("/deliveries/:event", async (c) => {
    const { event } = c.req.param();
    if (!(await control.resend(event))) throw missingResource("event", event);
    deliver();
    return c.json({ id: event });
  });
  app.post("/payment_methods/:method", async (c) => {
    const { number, exp_month, exp_year } = await c.req.parseBody();
    const card = { number: String(number), exp_month: Number(exp_month), exp_year: Number(exp_year) };
    return c.json(await control.replaceCard(c.req.param("method"), card));
  });
  app.post("/settings", async (c) => {
    const { last_failure } = await c.req.parseBody();
    return c.json(await control.setLastFailure(String(last_failure)));
  });
  app.onError((error) => {
    if (!isStripeError(error)) throw error;
    return Response.json({ error: error.body }, { status: error.status });
  });
  return app;
}
