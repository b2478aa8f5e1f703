// What the owner's commands work on: the project that SUPABASE_URL names, or else the local platform.
import Stripe from "stripe";

import { readEnv } from "../supabase/functions/_shared/env.ts";
import { createServices } from "../supabase/functions/_shared/reconcile/create-services.ts";
import { childEnvironment, loadEnvFile, readEnvironment, root } from "./environment.ts";
import { readNote, stateDir } from "./state.ts";
import { explain, refusal } from "./steps.mjs";

function ownerServices() {
  loadEnvFile();
  const variables: Record<string, string | undefined> = process.env.SUPABASE_URL ? hosted() : local();
  return createServices(
    readEnv((name) => variables[name]),
    (line) => console.log(line),
  );
}

/** Nothing is received here, so that no signing secret is asked for. */
const hosted = () => ({ STRIPE_WEBHOOK_SECRET: "whsec_of_nothing", ...process.env });

function local() {
  const note = readNote(stateDir(root));
  if (!note)
    throw refusal(
      "No local platform is running: npm start begins one. SUPABASE_URL, SUPABASE_SECRET_KEY and STRIPE_SECRET_KEY name a hosted project",
    );
  return childEnvironment(readEnvironment({ ...process.env, API_PORT: String(note.apiPort) }));
}

/** Runs a command of an owner; what went wrong is said in a line. */
export async function asOwner(work: (services: ReturnType<typeof ownerServices>) => Promise<void>) {
  try {
    await work(ownerServices());
  } catch (error) {
    console.error(error instanceof Stripe.errors.StripeError ? `Stripe: ${error.message}` : explain(error));
    process.exitCode = 1;
  }
}

/** What differs, a line each, and how many that is; with any the command has failed. */
export function tellDifferences(lines: string[]) {
  for (const line of lines) console.log(line);
  console.log(`${lines.length} ${lines.length === 1 ? "difference" : "differences"}`);
  if (lines.length > 0) process.exitCode = 1;
}

/** An instant as it is written on a command line. */
export function readInstant(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) throw refusal(`${text} is no instant: write 2026-11-20T10:00Z`);
  return instant;
}
