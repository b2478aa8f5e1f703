// Stripe's webhook as it is deployed: at the pace of a busy day, and after a day of silence.
import { setTimeout as sleep } from "node:timers/promises";
import type Stripe from "stripe";
import { withClient } from "../../local/database.ts";
import { quantile } from "../load.ts";
import { openShop } from "../shop.ts";
import type { Bench } from "./row.ts";

type Shop = Awaited<ReturnType<typeof openShop>>;

const buyers = 100;
const perSecond = 20;
const burst = 10_000;
const atOnce = 50;

export async function webhookRow(bench: Bench) {
  const shop = await openShop(bench.server);
  try {
    bench.say(`${buyers} people buy a plan at the sandbox`);
    const events = await shop.purchases(buyers);
    const times = await atPace(shop, events, bench.warmUp, bench.seconds);
    bench.report({
      what: `an event at ${perSecond} a second, the read of its object included: p95`,
      clients: 1,
      value: quantile(times, 0.95),
      unit: "ms",
      target: { atMost: 100 },
      detail: `median ${quantile(times, 0.5).toFixed(1)} ms, ${times.length} events`,
    });
    bench.say(`${burst} events at once`);
    const { seconds, repeated } = await allAtOnce(shop, events);
    bench.report({
      what: `events of a burst of ${burst}, none lost`,
      clients: atOnce,
      value: burst / seconds,
      unit: "per s",
      detail: `${repeated} answered 503 and sent again`,
    });
  } finally {
    await shop.close();
  }
}

/** Each is sent when it is due, whether or not those before it were answered; its time counts from then. */
async function atPace(
  shop: Shop,
  events: Stripe.Event[],
  warmUp: number,
  seconds: number,
): Promise<number[]> {
  const times: number[] = [];
  const began = performance.now();
  const sent = Array.from({ length: (warmUp + seconds) * perSecond }, async (_, n) => {
    const due = began + (n * 1000) / perSecond;
    await sleep(Math.max(1, due - performance.now()));
    const status = await shop.deliver(again(events, n, "pace"));
    if (status !== 200) throw new Error(`an event was answered ${status}`);
    if (n >= warmUp * perSecond) times.push(performance.now() - due);
  });
  await Promise.all(sent);
  return times.sort((a, b) => a - b);
}

async function allAtOnce(shop: Shop, events: Stripe.Event[]) {
  let next = 0;
  let repeated = 0;
  const began = performance.now();
  const sender = async () => {
    for (let n = next++; n < burst; n = next++)
      for (let status = 0; status !== 200; ) {
        status = await shop.deliver(again(events, n, "burst"));
        if (status === 503) repeated++;
        else if (status !== 200) throw new Error(`an event was answered ${status}`);
      }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  const seconds = (performance.now() - began) / 1000;
  await expectWhole(shop);
  return { seconds, repeated };
}

/** Each of them is settled, and whoever bought has one month of credits. */
async function expectWhole({ database }: Shop) {
  const { rows } = await withClient(database.url, (client) =>
    client.query<{ settled: number; granted: number; wrong: number }>(
      `select
         (select count(*)::int from billing.stripe_events e
          where e.id like 'evt_burst%' and e.state in ('applied', 'ignored')) as settled,
         (select count(*)::int from billing.buckets b where b.key like 'invoice:%') as granted,
         (select count(*)::int from billing.verify_all()) as wrong`,
    ),
  );
  const [found] = rows;
  if (found?.settled !== burst || found.granted !== buyers || found.wrong !== 0)
    throw new Error(`of ${burst} events of ${buyers} buyers the books say ${JSON.stringify(found)}`);
}

/** The same objects told of again and again, by events of their own. */
function again(events: Stripe.Event[], n: number, name: string): Stripe.Event {
  const event = events[n % events.length];
  if (!event) throw new Error("nobody has bought anything");
  return { ...event, id: `evt_${name}_${n}` };
}
