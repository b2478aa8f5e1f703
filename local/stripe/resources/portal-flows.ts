import type Stripe from "stripe";
import { ownSubscription } from "../billing/portal-access.ts";
import { isPausable } from "../billing/portal-ending.ts";
import { isSwitchable, planSwitch } from "../billing/portal-switch.ts";
import { invalid } from "../engine/errors.ts";
import { need, webAddress } from "../engine/fields.ts";
import type { Call } from "../engine/work.ts";

type Flow = Stripe.BillingPortal.Session.Flow;
type Given = Stripe.BillingPortal.SessionCreateParams.FlowData;
type Whose = { customer: string; features: Stripe.BillingPortal.Configuration.Features };

/** A session may lead to one thing only, and then to an address. What a page of thanks would say is not shown here. */
export const flowParams = [
  "type",
  "after_completion.type",
  "after_completion.redirect.return_url",
  "subscription_cancel.subscription",
  "subscription_pause.subscription",
  "subscription_update.subscription",
  "subscription_update_confirm.subscription",
  "subscription_update_confirm.items.id",
  "subscription_update_confirm.items.price",
  "subscription_update_confirm.items.quantity",
].map((name) => `flow_data.${name}`);

const features = {
  customer_update: "customer_update",
  payment_method_update: "payment_method_update",
  subscription_cancel: "subscription_cancel",
  subscription_pause: "subscription_pause",
  subscription_update: "subscription_update",
  subscription_update_confirm: "subscription_update",
} as const;

export async function readFlow(
  call: Call<Stripe.BillingPortal.SessionCreateParams>,
  whose: Whose,
): Promise<Flow | null> {
  const given = call.params.flow_data;
  if (!given) return null;
  const feature = Object.entries(features).find(([type]) => type === given.type)?.[1];
  if (!feature || !whose.features[feature].enabled)
    throw invalid(
      `Cannot create a session for the flow ${given.type} because it is disabled in your portal configuration.`,
      "flow_data[type]",
    );
  const subscription = subscriptionOf(given);
  const item = subscription === null ? undefined : await checkPlan(call, given, subscription, whose);
  const confirm = given.subscription_update_confirm;
  return {
    type: given.type,
    after_completion: afterCompletion(given.after_completion),
    customer_update: given.type === "customer_update" ? {} : null,
    subscription_cancel:
      given.type === "subscription_cancel" ? { retention: null, subscription: subscription ?? "" } : null,
    subscription_pause: given.type === "subscription_pause" ? { subscription: subscription ?? "" } : null,
    subscription_update: given.type === "subscription_update" ? { subscription: subscription ?? "" } : null,
    subscription_update_confirm:
      given.type === "subscription_update_confirm" && confirm
        ? {
            discounts: null,
            items: confirm.items.map(
              ({ id, price = item?.price.id ?? null, quantity = item?.quantity ?? 1 }) => ({
                id,
                price,
                quantity,
              }),
            ),
            subscription: confirm.subscription,
          }
        : null,
  };
}

/** The page that a flow begins, and stays, on. */
export function flowPath(flow: Flow): string {
  if (flow.type === "payment_method_update") return "/methods";
  if (flow.type === "customer_update") return "/details";
  if (flow.subscription_cancel) return `/${flow.subscription_cancel.subscription}/cancel`;
  if (flow.subscription_pause) return `/${flow.subscription_pause.subscription}/pause`;
  if (flow.subscription_update) return `/${flow.subscription_update.subscription}/change`;
  const [item] = flow.subscription_update_confirm?.items ?? [];
  return `/${flow.subscription_update_confirm?.subscription}/change/${item?.price}?quantity=${item?.quantity}`;
}

function subscriptionOf(given: Given): string | null {
  const about = {
    subscription_cancel: given.subscription_cancel,
    subscription_pause: given.subscription_pause,
    subscription_update: given.subscription_update,
    subscription_update_confirm: given.subscription_update_confirm,
  };
  const found = Object.entries(about).find(([type]) => type === given.type);
  return found ? need(found[1]?.subscription, `flow_data[${given.type}][subscription]`) : null;
}

/** A flow that could not be finished is not begun. Answers what the plan has now. */
async function checkPlan(call: Call<unknown>, given: Given, id: string, { customer, features }: Whose) {
  const plan = await ownSubscription(call, customer, id);
  const [current] = plan.items.data;
  const { subscription_update: update } = features;
  if (given.type === "subscription_cancel" && plan.cancel_at !== null)
    throw invalid("The subscription is already set to be canceled.", "flow_data[subscription_cancel]");
  if (given.type === "subscription_pause" && !isPausable(plan))
    throw invalid("The subscription cannot be paused.", "flow_data[subscription_pause]");
  if (!given.type.startsWith("subscription_update")) return current;
  if (!isSwitchable(update, plan))
    throw invalid("The subscription cannot be updated in the portal.", `flow_data[${given.type}]`);
  const [item, ...more] = given.subscription_update_confirm?.items ?? [];
  if (given.type !== "subscription_update_confirm") return current;
  const name = "flow_data[subscription_update_confirm][items]";
  if (!item || more.length > 0) throw invalid("One item may be specified.", name);
  if (item.id !== current?.id) throw invalid(`No such subscription item: ${item.id}`, name);
  const { price = current.price.id, quantity = null } = item;
  await planSwitch(call, update, plan, { price, quantity });
  return current;
}

function afterCompletion(given: Given["after_completion"]): Flow["after_completion"] {
  const type = given?.type ?? "portal_homepage";
  if (type === "hosted_confirmation")
    throw invalid(
      "The local sandbox shows no page of thanks yet; Stripe does.",
      "flow_data[after_completion][type]",
    );
  const to = need(
    type === "redirect" ? given?.redirect?.return_url : "none",
    "flow_data[after_completion][redirect]",
  );
  return {
    type,
    hosted_confirmation: null,
    redirect:
      type === "redirect"
        ? { return_url: webAddress(to, "flow_data[after_completion][redirect][return_url]") }
        : null,
  };
}
