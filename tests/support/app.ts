import { vi } from "vitest";
import { keys } from "../../local/keys.ts";
import { testApi } from "./api";

/** What lib/ needs around it: an API to call and an environment. Cookies are mocked by the test file itself. */
export async function testApp() {
  const api = await testApi();
  vi.stubGlobal("fetch", api.fetch);
  vi.stubEnv("SUPABASE_URL", "http://stack.test");
  vi.stubEnv("SUPABASE_PUBLISHABLE_KEY", keys.publishable);
  vi.stubEnv("SUPABASE_SECRET_KEY", keys.secret);
  vi.stubEnv("STRIPE_SECRET_KEY", "sk_test_unused");
  vi.stubEnv("SITE_URL", "http://site.test");
  return {
    ...api,
    async close() {
      vi.unstubAllGlobals();
      vi.unstubAllEnvs();
      await api.close();
    },
  };
}
