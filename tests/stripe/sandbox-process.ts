// A sandbox in a process of its own, for the test that kills it.
import { startStripe } from "../../local/stripe/start.ts";
import { catalog } from "./catalog.ts";

const [databaseUrl = "", port = "0"] = process.argv.slice(2);
await startStripe({
  databaseUrl,
  port: Number(port),
  publicUrl: `http://127.0.0.1:${port}`,
  now: () => new Date(),
  webhook: { url: "http://127.0.0.1:1/", secret: "whsec_coffer_local_sandbox" },
  catalog,
  log: () => undefined,
});
console.log("ready");
