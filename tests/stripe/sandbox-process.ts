// A sandbox in a process of its own, for the test that kills it.
import { sandboxKeys } from "../../local/keys.ts";
import { startStripe } from "../../local/stripe/start.ts";
import { catalog } from "./catalog.ts";

const [databaseUrl = ""] = process.argv.slice(2);
const { url } = await startStripe({
  databaseUrl,
  port: 0,
  now: () => new Date(),
  webhook: { url: "http://127.0.0.1:1/", secret: sandboxKeys.webhook },
  catalog,
  log: () => undefined,
});
console.log(url);
