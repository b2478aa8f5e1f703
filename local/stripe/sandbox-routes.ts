import { Hono } from "hono";
import { isStripeError, missingResource, stripeError } from "./engine/errors.ts";
import { isOurKey } from "./engine/handle.ts";
import type { Switches } from "./switches.ts";

export type DeliveryControl = {
  switches(): Switches;
  setSwitches(given: Record<string, unknown>): Switches;
  /** False: there is no such event. */
  resend(event: string): Promise<boolean>;
};

/** The switches of delivery over HTTP, for the command line: what Stripe has no API for. */
export function deliveryRoutes(
  { switches, setSwitches, resend }: DeliveryControl,
  deliver: () => void,
): Hono {
  const app = new Hono();
  // A web page can post to a loopback address; it does not know the key.
  app.use(async (c, next) => {
    if (!isOurKey(c.req.header("authorization")))
      throw stripeError(401, { type: "invalid_request_error", message: "The sandbox's key is missing." });
    await next();
  });
  app.get("/deliveries", (c) => c.json(switches()));
  app.post("/deliveries", async (c) => {
    const set = setSwitches(await c.req.parseBody());
    deliver();
    return c.json(set);
  });
  app.post("/deliveries/:event", async (c) => {
    const { event } = c.req.param();
    if (!(await resend(event))) throw missingResource("event", event);
    deliver();
    return c.json({ id: event });
  });
  app.onError((error) => {
    if (!isStripeError(error)) throw error;
    return Response.json({ error: error.body }, { status: error.status });
  });
  return app;
}
