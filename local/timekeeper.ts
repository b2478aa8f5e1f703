// Gives the sandbox its turn: once a second, and at each due instant while the clock is moved. Never both at once.
import { type Clock, moveClock } from "./clock.ts";
import type { CronTicker } from "./cron.ts";
import type { Sandbox } from "./sandbox.ts";
import { refusal } from "./steps.mjs";

type Parts = { clock: Clock; cron: CronTicker; log: (text: string) => void };

export function createTimekeeper({ clock, cron, log }: Parts) {
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
        try {
          await moveClock({ clock, sandbox, cron, say }, target);
        } finally {
          listener = undefined;
        }
      });
    },
    async stop() {
      sandbox = undefined;
      clearTimeout(timer);
      await last;
    },
  };
}
