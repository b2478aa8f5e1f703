// npm run stripe:pull [-- --webhook https://...]: what differs between the catalog and the Stripe account, either way.
import { parseArgs } from "node:util";
import { asOwner, tellDifferences } from "./owner-services.ts";
import { describe, pullCatalog } from "./stripe-catalog/push.ts";
import { readWanted } from "./stripe-catalog/wanted.ts";

await asOwner(async ({ rpc, stripe }) => {
  const { values } = parseArgs({ options: { webhook: { type: "string" } } });
  const found = await pullCatalog(stripe, await readWanted(rpc, values.webhook));
  tellDifferences(found.map(describe));
});
