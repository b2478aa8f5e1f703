// Gives the sandbox its turn: once a second, and at each due instant while the clock is moved. Never both at once.
import { type Clock, moveClock } from "./clock.ts";
import type { CronTicker } from "./cron.ts";
import { withClient } from "./database.ts";
import type { Sandbox } from "./sandbox.ts";
import { refusal } from "./steps.mjs";

type Parts = { clock: Clock; cron: CronTicker; databaseUrl: string; log: (text: string) => void };

export function createTimekeeper({ clock, cron, databaseUrl, log }: Parts) {
  let sandbox: Sandbox | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let listener: ((line: string) => void) | undefined;

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
  const tick = async () => {
    await inTurn(async () => sandbox?.runDue()).catch((error) => log(`${error}\n`));
    if (sandbox) timer = setTimeout(tick, 1000);
  };

  return {
    /** What the sandbox says goes to its log, and to whoever moves the clock. */
    note(line: string) {
      log(`${clock.now().toISOString()} ${line}\n`);
      listener?.(`  ${line}`);
    },
    run(started: Sandbox) {
      sandbox = started;
      timer = setTimeout(tick, 1000);
    },
    move(target: Date, say: (line: string) => void) {
      return inTurn(async () => {
        if (!sandbox) throw refusal("Stripe's own clock cannot be moved from here: use its test clocks");
        listener = say;
        const onStep = async (since: Date) => {
          say(clock.now().toISOString());
          for (const line of await happened(databaseUrl, since)) say(`  ${line}`);
        };
        await moveClock({ clock, sandbox, cron, onStep }, target).finally(() => {
          listener = undefined;
        });
      });
    },
    async stop() {
      sandbox = undefined;
      clearTimeout(timer);
      await last;
    },
  };
}

/** What is new in the books: events of Stripe that counted or failed, entries of the ledger, jobs that failed. */
async function happened(databaseUrl: string, since: Date) {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ line: string }>(
      `select concat_ws(' ', type, state, nullif(concat('(', reason, ')'), '()'), nullif(concat('x ', count(*)), 'x 1')) as line
         from billing.stripe_events where noted_at > $1 and state <> 'ignored' group by type, state, reason
       union all
       select concat(kind, ' ', sum(credits), ' credits', ' of ' || nullif(count(distinct account_id), 1) || ' accounts')
         from billing.credit_transactions where created_at > $1 group by kind
       union all
       select concat('job failed: ', return_message)
         from cron.job_run_details where status = 'failed' and start_time > clock_timestamp() - interval '5 seconds'`,
      [since],
    ),
  );
  return rows.map((row) => row.line);
}
