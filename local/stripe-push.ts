// npm run stripe:push [-- --dry-run] [--webhook https://...]: makes the Stripe account what the catalog says.
import { parseArgs } from "node:util";
import { asOwner } from "./owner-services.ts";
import { describe, pullCatalog, pushCatalog } from "./stripe-catalog/push.ts";
import { readWanted } from "./stripe-catalog/wanted.ts";

await asOwner(async ({ rpc, stripe }) => {
  const { values } = parseArgs({
    options: { "dry-run": { type: "boolean", default: false }, webhook: { type: "string" } },
  });
  const wanted = await readWanted(rpc, values.webhook);
  if (values["dry-run"]) {
    const found = await pullCatalog(stripe, wanted);
    for (const one of found) console.log(describe(one));
    console.log(`${found.length} to change; nothing was changed`);
    return;
  }
  const { mended, notes } = await pushCatalog(stripe, wanted);
  for (const one of mended) console.log(`mended: ${describe(one)}`);
  for (const note of notes) console.log(note);
  console.log(
    mended.length === 0 ? "Stripe is as the catalog says: nothing was changed" : `${mended.length} changed`,
  );
});
