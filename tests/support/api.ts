import { createClient } from "@supabase/supabase-js";
import { createLite, keys } from "../../local/lite.ts";
import { testDb } from "./db";

/** supabase-js against Auth and REST on a database of this file's own; in process, no port. */
export async function testApi() {
  const db = await testDb();
  const lite = await createLite(db.adminUrl, {
    auth: { minimum_password_length: 8 },
    api: { schemas: ["public"] },
  });
  const fetch = (input: RequestInfo | URL, init?: RequestInit) =>
    Promise.resolve(lite.app.fetch(new Request(input, init), { peerAddress: null }));
  const client = (key = keys.publishable) =>
    createClient("http://stack.test", key, {
      global: { fetch },
      auth: { persistSession: false, autoRefreshToken: false },
    });
  return {
    db,
    client,
    fetch,
    service: client(keys.secret),
    async signUp(email: string) {
      const c = client();
      const { data, error } = await c.auth.signUp({ email, password: "Secret123x" });
      if (error || !data.user) throw error;
      return { client: c, id: data.user.id };
    },
    async close() {
      await lite.close();
      await db.drop();
    },
  };
}
