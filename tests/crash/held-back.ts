// Between a commit and its answer lies little: a kill rarely falls there. So the answers are held back for some kills, as
// a slow network would: each commit is on disk, and waits for a standby that does not exist.
import { withClient } from "../../local/database.ts";

const reload = "select pg_reload_conf()";
const heldBack = "select from pg_stat_activity where wait_event = 'SyncRep' limit 1";

/** Resolves once a call is committed and not answered, or none is to come. */
export function holdBackAnswers(adminUrl: string, moreToCome: () => boolean) {
  return withClient(adminUrl, async (client) => {
    await client.query("alter system set synchronous_standby_names = 'nobody'");
    await client.query(reload);
    while (moreToCome() && (await client.query(heldBack)).rowCount === 0);
  });
}

export function letAnswersGo(adminUrl: string) {
  return withClient(adminUrl, async (client) => {
    await client.query("alter system reset synchronous_standby_names");
    await client.query(reload);
  });
}
