// Between a commit and its answer lies little: a kill rarely falls there. So the answers are held back for some kills, as
// a slow network would: each commit is on disk, and waits for a standby that does not exist.
import { withClient } from "../../local/database.ts";

const reload = "select pg_reload_conf()";
const waiting = "select count(*)::int as count from pg_stat_activity where wait_event = 'SyncRep'";

/** Resolves once so many calls are committed and not answered. */
export function holdBackAnswers(adminUrl: string, atLeast: number) {
  return withClient(adminUrl, async (client) => {
    await client.query("alter system set synchronous_standby_names = 'nobody'");
    await client.query(reload);
    const enough = async () => (await client.query<{ count: number }>(waiting)).rows[0]?.count ?? 0;
    while ((await enough()) < atLeast) await new Promise((resolve) => setTimeout(resolve, 2));
  });
}

export function letAnswersGo(adminUrl: string) {
  return withClient(adminUrl, async (client) => {
    await client.query("alter system reset synchronous_standby_names");
    await client.query(reload);
  });
}
