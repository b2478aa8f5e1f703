import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";
import { authenticate } from "@/lib/auth/authenticate";
import { keys } from "../../local/keys.ts";
import { testApi } from "./api";
import { jar } from "./cookies";

export type TestApp = Awaited<ReturnType<typeof testApp>>;

/** What lib finds when the web app runs: its environment, and the API behind `fetch`. */
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
    /** A new user, signed in from here on. */
    async signUp() {
      jar.clear();
      const form = { intent: "sign-up", email: `${randomUUID()}@example.com`, password: "Secret-123x" };
      expect(await authenticate(form)).toEqual({ is: "signed-in" });
    },
    async close() {
      vi.unstubAllGlobals();
      vi.unstubAllEnvs();
      await api.close();
    },
  };
}
