import { reasonLabels } from "./billing/portal-ending.ts";
import type { PortalConfiguration } from "./engine/portal-types.ts";
import type { Work } from "./engine/work.ts";
import { newConfiguration } from "./resources/portal-configurations.ts";

/**
 * What an account's Dashboard has saved once: everything that the portal can do, and the plans of the portal in dollars.
 * Once somebody has changed it, it is theirs.
 */
export async function syncDefaultPortal({ state, at }: Work): Promise<void> {
  const [known] = await state.list("billing_portal.configuration", { body: { is_default: true } });
  if (known && known.updated !== known.created) return;
  const [pushed] = await state.list("billing_portal.configuration", {
    body: { metadata: { coffer_portal: "usd" } },
  });
  const before = known ?? (await state.insert(newConfiguration(at, true)));
  await state.save({ ...before, features: { ...allOn(before), ...switching(before, pushed) } });
}

function allOn({ features }: PortalConfiguration): PortalConfiguration["features"] {
  const reasons = { enabled: true, feedback_options: null, options: Object.keys(reasonLabels) };
  return {
    ...features,
    customer_update: { allowed_updates: ["name", "email", "address", "tax_id"], enabled: true },
    subscription_cancel: { ...features.subscription_cancel, cancellation_reason: reasons },
    subscription_pause: { ...features.subscription_pause, enabled: true },
  };
}

const switching = ({ features }: PortalConfiguration, pushed: PortalConfiguration | undefined) => ({
  subscription_update: {
    ...(pushed?.features ?? features).subscription_update,
    default_allowed_updates: ["price", "quantity"],
    trial_update_behavior: "continue_trial",
  } satisfies PortalConfiguration["features"]["subscription_update"],
});
