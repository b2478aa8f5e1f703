// A life as Stripe has it: which events it sent in each instant, and what it answered then to whoever read their objects.
import { randomUUID } from "node:crypto";
import Stripe from "stripe";
import { sandboxKeys } from "../../local/keys.ts";
import { listen } from "../../local/listen.ts";
import { effects } from "../../supabase/functions/stripe-webhook/effects.ts";
import { openStripeAccount } from "../functions/stripe-account";
import type { TestDb } from "../support/db";
import type { Life } from "./lives";
import { newPerson } from "./person";
import { liveTogether } from "./world";

/** By path and query. */
export type Answers = ReadonlyMap<string, string>;
/** An instant: the events that it sent, and the answers from it on. */
export type Step = { at: Date; events: Stripe.Event[]; answers: Answers };
export type Recording = { userId: string; customer: string; end: Date; steps: Step[] };

const effectOf = new Map<string, (typeof effects)[number]>(effects.map((effect) => [effect.type, effect]));

/** Lives a life in a sandbox of its own, on a clock of its own. */
export async function record(catalogOf: TestDb, start: Date, life: Life): Promise<Recording> {
  let now = start;
  const sent: Stripe.Event[] = [];
  const endpoint = await listen(async (request) => {
    sent.push(await request.json());
    return new Response();
  });
  const account = await openStripeAccount(catalogOf, {
    now: () => now,
    webhook: { url: endpoint.url, secret: "whsec_unused" },
  });
  const steps: Step[] = [];
  let answers: Answers = new Map();
  const reader = recordingReader(account.url);
  const stage = {
    now: () => now,
    async moveTo(instant: Date) {
      now = instant;
      await account.runDue();
    },
    nextDue: account.nextDue,
    async afterInstant() {
      const events = sent.splice(0);
      if (events.length === 0) return;
      answers = new Map([...answers, ...(await reader.read(events))]);
      steps.push({ at: now, events, answers });
    },
  };
  try {
    const userId = randomUUID();
    const person = await newPerson(account, userId);
    await liveTogether(stage, [{ person, life }]);
    // What changed and sent no event is only to be seen at the end.
    const last = new Map(await reader.read(steps.flatMap(({ events }) => events)));
    steps.push({ at: now, events: [], answers: last });
    return { userId, customer: person.customer, end: now, steps };
  } finally {
    await account.close();
    await endpoint.close();
  }
}

/** Reads the objects of events as the function does, and keeps what it was answered. */
function recordingReader(url: string) {
  let answers = new Map<string, string>();
  const fetchAndKeep: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const { pathname, search } = new URL(String(input));
    answers.set(pathname + search, await response.clone().text());
    return response;
  };
  const httpClient = Stripe.createFetchHttpClient(fetchAndKeep);
  const { port } = new URL(url);
  const stripe = new Stripe(sandboxKeys.secret, {
    protocol: "http",
    host: "127.0.0.1",
    port,
    httpClient,
    telemetry: false,
  });
  return {
    async read(events: Stripe.Event[]): Promise<Map<string, string>> {
      answers = new Map();
      const wanted = new Map<string, () => Promise<unknown>>();
      for (const { type, data } of events) {
        const effect = effectOf.get(type);
        const id = "id" in data.object ? String(data.object.id) : "";
        if (effect) wanted.set(`${effect.noun} ${id}`, () => effect.read(stripe, id, null));
      }
      for (const read of wanted.values()) await read();
      return answers;
    },
  };
}
