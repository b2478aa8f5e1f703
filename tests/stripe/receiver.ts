import Stripe from "stripe";
import { sandboxKeys } from "../../local/keys.ts";
import { listen } from "../../local/listen.ts";

/** An endpoint for events: verifies each with the SDK, keeps it, answers what it is told to. */
export async function openReceiver(recorded: unknown[], secret = () => sandboxKeys.webhook) {
  const events: Stripe.Event[] = [];
  const received: { body: string; signature: string }[] = [];
  const answers: number[] = [];
  let together: PromiseWithResolvers<void> & { missing: number } = { ...Promise.withResolvers(), missing: 0 };
  const server = await listen(async (request) => {
    const body = await request.text();
    const signature = request.headers.get("stripe-signature") ?? "";
    received.push({ body, signature });
    together.missing -= 1;
    if (together.missing > 0) await together.promise;
    together.resolve();
    const status = answers.shift() ?? 200;
    if (status === 200) {
      recorded.push(JSON.parse(body));
      events.push(Stripe.webhooks.constructEvent(body, signature, secret()));
    }
    return new Response(null, { status });
  });
  return {
    ...server,
    events,
    /** Everything that was sent, whatever it was answered. */
    received,
    /** The next ones are answered when so many of them have come. */
    awaitTogether(count: number) {
      together = { ...Promise.withResolvers(), missing: count };
    },
    types: () => events.map((event) => event.type),
    /** The next attempts are answered so, then 200 again. */
    answerNext: (...statuses: number[]) => answers.splice(0, answers.length, ...statuses),
  };
}
