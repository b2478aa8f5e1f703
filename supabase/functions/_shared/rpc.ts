import { createClient } from "@supabase/supabase-js";
import type { Env } from "./env.ts";
import { failed } from "./failure.ts";

export type Row = Record<string, unknown>;
export type Rpc = ReturnType<typeof createRpc>;

/** Calls a function of the database, which is one transaction, and answers its rows. */
export function createRpc({
  supabaseUrl,
  supabaseSecretKey,
}: Pick<Env, "supabaseUrl" | "supabaseSecretKey">) {
  const client = createClient(supabaseUrl, supabaseSecretKey, { auth: { persistSession: false } });

  return async function rpc(name: string, args: Row): Promise<Row[]> {
    const { data, error, status } = await client.rpc(name, args).abortSignal(AbortSignal.timeout(20_000));
    if (!error) return Array.isArray(data) ? data : [];
    if (status === 0) throw failed({ status: 503, reason: "database: away" });
    const away = status >= 502 || isAway(error.code);
    throw failed({ status: away ? 503 : 500, reason: `database: ${error.code || status}` });
  };
}

/** No connection, no room, no time, or a lock that the next attempt will get. */
const isAway = (code: string) => /^(08|40|53|57|55P03|PGRST00)/.test(code);
