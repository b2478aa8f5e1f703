import type Stripe from "stripe";
import { type Account, changed, type Difference, namesOf } from "./account.ts";
import { stampOf } from "./catalog.ts";

export type WantedEndpoint = {
  url: string;
  events: Stripe.WebhookEndpointCreateParams.EnabledEvent[];
  apiVersion: Stripe.WebhookEndpointCreateParams.ApiVersion;
};

/** One endpoint, in the version that the readers were written for: an endpoint's version can never be changed. */
export function endpointDifferences(account: Account, wanted: WantedEndpoint): Difference[] {
  const { webhookEndpoints } = account.stripe;
  const ours = account.endpoints.filter(
    ({ url, metadata }) => metadata.coffer_webhook !== undefined || url === wanted.url,
  );
  const known = ours.find(({ api_version }) => api_version === wanted.apiVersion);
  const fields = fieldsOf({ url: wanted.url, status: "enabled", enabled_events: wanted.events });
  const metadata = { coffer_webhook: "true", coffer: stampOf(fields) };
  const settings = { url: fields.url, enabled_events: wanted.events, metadata };
  return [
    ...(known ? differencesOf(known) : [missing()]),
    ...ours
      .filter((one) => one !== known && one.status === "enabled")
      .map(({ id, api_version }): Difference => {
        const how = `it speaks ${api_version ?? "the account's version"}, and is one too many`;
        return { kind: "orphaned", what: `webhook endpoint ${id}`, how, mend: () => disable(id) };
      }),
  ];

  function missing(): Difference {
    return {
      kind: "missing",
      what: "webhook endpoint",
      how: `${wanted.url}, ${wanted.events.length} events, ${wanted.apiVersion}`,
      async mend() {
        const { apiVersion: api_version } = wanted;
        const { secret } = await webhookEndpoints.create({ ...settings, api_version });
        return `The endpoint's signing secret, which Stripe shows this once: give it to the function by
  npx supabase secrets set STRIPE_WEBHOOK_SECRET=${secret}`;
      },
    };
  }

  function differencesOf(endpoint: Account["endpoints"][number]): Difference[] {
    const is = fieldsOf(endpoint);
    const how = namesOf(is, fields);
    if (how === "") return [];
    const mend = async () => {
      await webhookEndpoints.update(endpoint.id, { ...settings, disabled: false });
      return undefined;
    };
    return [{ kind: changed(endpoint.metadata, stampOf(is)), what: "webhook endpoint", how, mend }];
  }

  async function disable(id: string) {
    await webhookEndpoints.update(id, { disabled: true });
    return undefined;
  }
}

const fieldsOf = (given: { url: string; status: string; enabled_events: string[] }) => ({
  url: given.url,
  status: given.status,
  events: [...given.enabled_events].sort(),
});
