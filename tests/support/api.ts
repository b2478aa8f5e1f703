import { createClient } from "@supabase/supabase-js";
import { createApi } from "../../local/api.ts";
import { readConfig } from "../../local/environment.ts";
import { keys } from "../../local/keys.ts";
import { testDb } from "./db";

export type TestApi = Awaited<ReturnType<typeof testApi>>;

const password = "Secret123x";

/** supabase-js against Auth and REST on a database of this file's own; in process, no port. */
export async function testApi() {
  const db = await testDb();
  const api = await createApi(db.adminUrl, readConfig());
  const fetch = (input: RequestInfo | URL, init?: RequestInit) =>
    Promise.resolve(api.fetch(new Request(input, init)));
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
      const own = client();
      const { data, error } = await own.auth.signUp({ email, password });
      if (error) throw error;
      if (!data.user || !data.session) throw new Error(`sign-up of ${email} gave no session`);
      return { client: own, id: data.user.id, token: data.session.access_token };
    },
    async close() {
      await api.close();
      await db.drop();
    },
  };
}
