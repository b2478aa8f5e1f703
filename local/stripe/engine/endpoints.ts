import { apiVersion } from "./spec.ts";
import type { State } from "./state.ts";
import type { Metadata, StripeObject } from "./types.ts";

export type WebhookEndpoint = StripeObject & {
  api_version: string | null;
  description: string | null;
  enabled_events: string[];
  metadata: Metadata;
  status: "enabled" | "disabled";
  url: string;
};

type NewEndpoint = Pick<WebhookEndpoint, "id" | "created" | "url" | "enabled_events">;

export const newEndpoint = (given: NewEndpoint): WebhookEndpoint => ({
  object: "webhook_endpoint",
  api_version: null,
  application: null,
  description: null,
  livemode: false,
  metadata: {},
  status: "enabled",
  ...given,
});

/** The endpoint the sandbox starts with, wherever the app now is and whatever was made of it before. */
export async function registerApp(
  state: State,
  at: number,
  target: { url: string; secret: string; events: string[] },
) {
  const id = "we_app";
  const known = await state.find("webhook_endpoint", id);
  const endpoint: WebhookEndpoint = {
    ...newEndpoint({
      id,
      created: Number(known?.created ?? at),
      url: target.url,
      enabled_events: target.events,
    }),
    api_version: apiVersion,
  };
  await (known ? state.save(endpoint) : state.insert(endpoint));
  await state.hide(id, { secret: target.secret });
}

/** The ids of the endpoints that an event of a type goes to. */
export async function subscribersOf({ db }: State, type: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from objects
     where kind = 'webhook_endpoint' and body ->> 'status' = 'enabled' and body -> 'enabled_events' ?| array[$1, '*']
     order by number`,
    [type],
  );
  return rows.map(({ id }) => id);
}

/** What was to be sent to an endpoint is not sent any more. */
export async function stopDeliveries({ db }: State, endpoint: string): Promise<void> {
  await db.query("update deliveries set next_at = null where endpoint = $1", [endpoint]);
}
