import { withClient } from "../../local/database.ts";

/** Turns these features of every portal configuration off in the sandbox whose state is in this database. */
export const turnOff = (stateUrl: string, ...features: string[]) =>
  withClient(stateUrl, (client) =>
    client.query(
      `update objects set body = jsonb_set(body, '{features}', (
         select jsonb_object_agg(key, value || case when key = any ($1) then '{"enabled": false}' else '{}' end::jsonb)
         from jsonb_each(body -> 'features')))
       where kind = 'billing_portal.configuration'`,
      [features],
    ),
  );
