import { type Context, Hono } from "hono";
import { changeCard } from "../billing/change-card.ts";
import { afterwards, ownSubscription, type Visit, visit, visitFor } from "../billing/portal-access.ts";
import { addTaxId, type DetailsForm, saveDetails } from "../billing/portal-details.ts";
import { cancelPlan, keepPlan, pausePlan, unpausePlan } from "../billing/portal-ending.ts";
import { addCard, makeDefault, removeMethod } from "../billing/portal-methods.ts";
import { makeSwitch, planSwitch } from "../billing/portal-switch.ts";
import { removeTaxId } from "../billing/tax-ids.ts";
import type { FormProblem } from "../billing/typed-method.ts";
import type { Subscription } from "../engine/billing-types.ts";
import { isStripeError } from "../engine/errors.ts";
import type { Work } from "../engine/work.ts";
import { authenticationPage, readCardForm } from "./method-form.ts";
import type { PageServer } from "./pages.ts";
import { portalPage } from "./portal.ts";
import { changePage, confirmPage, switchable, type Wanted } from "./portal-change.ts";
import { detailsPage } from "./portal-details.ts";
import { cancelPage, pausePage } from "./portal-ending.ts";
import { cardPage } from "./portal-methods.ts";

type Feature = Parameters<typeof visitFor>[2];

/** The portal's pages and what they do; whether a visit may do it is asked again where it is done. */
export function portalRoutes(server: PageServer): Hono {
  const app = new Hono();
  const { read, write } = server;
  const goOn = async (c: Context, portal: string) =>
    c.redirect(afterwards((await read(portal, (work) => visit(work, portal))).session), 303);
  const onPlan = async (
    portal: string,
    id: string,
    feature: Feature,
    act: (work: Work, plan: Subscription, visited: Visit) => Promise<void>,
  ) =>
    write(portal, async (work) => {
      const visited = await visitFor(work, portal, feature);
      await act(work, await ownSubscription(work, visited.customer.id, id), visited);
    });

  app.get("/:portal", async (c) => {
    const { portal } = c.req.param();
    return c.html(await read(portal, (work) => portalPage(work, portal)));
  });

  app.get("/:portal/methods", async (c) => {
    const { portal } = c.req.param();
    return c.html(await read(portal, (work) => cardPage(work, portal)));
  });
  app.get("/:portal/details", async (c) => {
    const { portal } = c.req.param();
    return c.html(await read(portal, (work) => detailsPage(work, portal)));
  });
  app.get("/:portal/:subscription/change", async (c) => {
    const { portal, subscription } = c.req.param();
    return c.html(await read(portal, (work) => changePage(work, portal, subscription)));
  });
  /** What cannot be done is said where something else can be chosen. */
  const confirm = async (c: Context, portal: string, id: string, wanted: Wanted, problem?: string) => {
    const shown = await refusable(read(portal, (work) => confirmPage(work, portal, id, wanted, problem)));
    if (!("problem" in shown)) return c.html(shown.done, problem ? 402 : 200);
    return c.html(await read(portal, (work) => changePage(work, portal, id, shown.problem)), 402);
  };
  app.get("/:portal/:subscription/change/:price", async (c) => {
    const { portal, subscription, price } = c.req.param();
    return confirm(c, portal, subscription, { price, quantity: quantityOf(c.req.query("quantity")) });
  });
  app.get("/:portal/:subscription/cancel", async (c) => {
    const { portal, subscription } = c.req.param();
    return c.html(await read(portal, (work) => cancelPage(work, portal, subscription)));
  });
  app.get("/:portal/:subscription/pause", async (c) => {
    const { portal, subscription } = c.req.param();
    return c.html(await read(portal, (work) => pausePage(work, portal, subscription)));
  });
  app.get("/:portal/:subscription/card", async (c) => {
    const { portal, subscription } = c.req.param();
    return c.html(await read(portal, (work) => cardPage(work, portal, subscription)));
  });

  /** A card form, for all that is charged or for one plan. */
  const takeCard = async (
    c: Context,
    portal: string,
    id: string | undefined,
    take: (
      work: Work,
      visited: Visit,
      form: Awaited<ReturnType<typeof readCardForm>>,
    ) => Promise<FormProblem | null>,
  ) => {
    const form = await readCardForm(c);
    const problem = await write(portal, async (work) =>
      take(work, await visitFor(work, portal, "payment_method_update"), form),
    );
    if (problem?.isQuestion) return c.html(authenticationPage(form));
    if (problem)
      return c.html(await read(portal, (work) => cardPage(work, portal, id, { form, problem })), 402);
    return goOn(c, portal);
  };
  app.post("/:portal/methods", (c) => takeCard(c, c.req.param("portal"), undefined, addCard));
  app.post("/:portal/:subscription/card", (c) => {
    const { portal, subscription: id } = c.req.param();
    return takeCard(c, portal, id, async (work, visited, form) =>
      changeCard(work, visited.customer.id, [await ownSubscription(work, visited.customer.id, id)], form),
    );
  });
  app.post("/:portal/methods/:method/:act{(?:default|remove)}", async (c) => {
    const { portal, method, act } = c.req.param();
    await write(portal, async (work) => {
      const visited = await visitFor(work, portal, "payment_method_update");
      await (act === "default" ? makeDefault : removeMethod)(work, visited, method);
    });
    return goOn(c, portal);
  });

  app.post("/:portal/details/:id/remove", async (c) => {
    const { portal, id } = c.req.param();
    await write(portal, async (work) => {
      const { customer } = await visitFor(work, portal, "customer_update");
      await removeTaxId(work, customer.id, id);
    });
    return goOn(c, portal);
  });
  app.post("/:portal/details/:what{(?:tax)}?", async (c) => {
    const { portal, what } = c.req.param();
    const form = await readTexts(c);
    const problem = await write(portal, async (work) =>
      (what ? addTaxId : saveDetails)(work, await visitFor(work, portal, "customer_update"), form),
    );
    if (problem) return c.html(await read(portal, (work) => detailsPage(work, portal, form, problem)), 400);
    return goOn(c, portal);
  });

  app.post("/:portal/:subscription/change/:price", async (c) => {
    const { portal, subscription: id, price } = c.req.param();
    const { quantity } = await readTexts(c);
    const wanted = { price, quantity: quantityOf(quantity) };
    const change = write(portal, async (work) => {
      const { visited, subscription } = await switchable(work, portal, id);
      const planned = await planSwitch(work, visited.features.subscription_update, subscription, wanted);
      await makeSwitch(work, subscription, planned);
    });
    const made = await refusable(change);
    return "problem" in made ? confirm(c, portal, id, wanted, made.problem) : goOn(c, portal);
  });
  app.post("/:portal/:subscription/cancel", async (c) => {
    const { portal, subscription: id } = c.req.param();
    const { feedback = null, comment = null } = await readTexts(c);
    await onPlan(portal, id, "subscription_cancel", (work, plan, { features }) =>
      cancelPlan(work, features.subscription_cancel, plan, { feedback, comment }),
    );
    return goOn(c, portal);
  });
  app.post("/:portal/:subscription/pause", async (c) => {
    const { portal, subscription: id } = c.req.param();
    await onPlan(portal, id, "subscription_pause", pausePlan);
    return goOn(c, portal);
  });
  // What the customer may not do may still have been done by the shop, and is the customer's to take back.
  app.post("/:portal/:subscription/:act{(?:resume|unpause)}", async (c) => {
    const { portal, subscription: id, act } = c.req.param();
    const taken = await refusable(
      write(portal, async (work) => {
        const plan = await ownSubscription(work, (await visit(work, portal)).customer.id, id);
        await (act === "resume" ? keepPlan : unpausePlan)(work, plan);
      }),
    );
    if (!("problem" in taken)) return goOn(c, portal);
    return c.html(await read(portal, (work) => portalPage(work, portal, taken.problem)), 402);
  });
  return app;
}

/** What is done, or Stripe's sentence about why it was not; what is not there stays an error. */
async function refusable<T>(work: Promise<T>): Promise<{ done: T } | { problem: string }> {
  try {
    return { done: await work };
  } catch (error) {
    if (isStripeError(error) && error.status !== 404) return { problem: error.body.message };
    throw error;
  }
}

const quantityOf = (text: string | undefined): number | null => (text ? Number(text) : null);

type Texts = DetailsForm & { quantity?: string; feedback?: string; comment?: string };

async function readTexts(c: Context): Promise<Texts> {
  const fields = Object.entries(await c.req.parseBody());
  return Object.fromEntries(fields.filter(([, value]) => typeof value === "string"));
}
