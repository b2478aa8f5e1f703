// What the environment may say to the local platform, checked as a whole before anything starts.
import fs from "node:fs";
import path from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";
import type { LiteConfig } from "./api.ts";
import { keys, sandboxKeys } from "./keys.ts";
import { type Ports, services } from "./ports.ts";
import { refusal } from "./steps.mjs";

export const root = path.resolve(import.meta.dirname, "..");

const port = ({ what, port: usual }: (typeof services)[keyof typeof services]) =>
  z
    .string()
    .default(String(usual))
    .refine((value) => /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= 65535, {
      error: `is the port of ${what}: a number from 1 to 65535, for instance ${usual}`,
    })
    .transform(Number);

const pause = z
  .string()
  .regex(/^([2-9]\d\d|\d{4,})$/, { error: "must be milliseconds, 200 or more" })
  .optional();

type Env = Record<string, string | undefined>;

const schema = z.object({
  PORT: port(services.web),
  API_PORT: port(services.api),
  DB_PORT: port(services.database),
  FN_PORT: port(services.functions),
  STRIPE_PORT: port(services.stripe),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_test_\w+$/, {
      error:
        "must be a test key (sk_test_..., from https://dashboard.stripe.com/test/apikeys), or unset for the sandbox",
    })
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w+(,whsec_\w+)*$/, {
      error:
        "must be a signing secret (whsec_..., which `stripe listen` prints), several of them separated by commas",
    })
    .optional(),
  SITE_URL: z
    .url({ protocol: /^https?$/, error: "must be an address such as http://127.0.0.1:3000" })
    .optional(),
  // App and functions have them from the same environment: looked at here so that nothing starts with a wrong one.
  STRIPE_BILLING_ENABLED: z.enum(["true", "false"], { error: "must be true or false" }).optional(),
  STRIPE_BILLING_PERCENT: z
    .string()
    .regex(/^(\d{1,2}|100)$/, { error: "must be a whole number from 0 to 100" })
    .optional(),
  STRIPE_BILLING_ACCOUNTS: z
    .string()
    .regex(/^[\da-f-]{36}(,[\da-f-]{36})*$/i, { error: "must be ids of accounts, separated by commas" })
    .optional(),
  LIVE_POLL_MS: pause,
  LIVE_IDLE_POLL_MS: pause,
  LIVE_BROADCAST: z.enum(["true", "false"], { error: "must be true or false" }).optional(),
});

export type Platform = {
  ports: Ports;
  urls: { web: string; api: string; stripe: string };
  stripe: { secretKey: string; webhookSecret: string; isSandbox: boolean };
};

/** Everything that is wrong is said at once: a list that is corrected in one go. */
export function readEnvironment(env: Env): Platform {
  const set: Env = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const parsed = schema.safeParse(set);
  const wrong = (parsed.error?.issues ?? []).map((issue) => ({
    name: String(issue.path[0]),
    text: issue.message,
  }));
  const problems = [...wrong, ...samePorts(set), ...incompleteStripe(set)];
  if (parsed.success && problems.length === 0) return platform(parsed.data);
  const lines = problems.map(({ name, text }) => `  ${name} ${shown(name, set[name])}${text}`);
  throw refusal(
    `The environment is not right:\n${lines.join("\n")}\nSet them in the shell or in .env.local.`,
  );
}

function samePorts(env: Env) {
  const ports = Object.values(services).map(({ variable, port: usual }) => ({
    variable,
    port: Number(env[variable] ?? usual),
  }));
  return ports.flatMap(({ variable: name, port: wanted }, at) => {
    const other = ports.slice(0, at).find((earlier) => earlier.port === wanted);
    return other ? [{ name, text: `is the same as ${other.variable}: each needs a port of its own` }] : [];
  });
}

/** A real account signs its webhooks with a secret that only its owner knows. */
function incompleteStripe(env: Env) {
  const { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: secret, API_PORT = services.api.port } = env;
  if (!key || key === sandboxKeys.secret || secret) return [];
  const listen = `stripe listen --forward-to 127.0.0.1:${API_PORT}/functions/v1/stripe-webhook`;
  return [
    { name: "STRIPE_WEBHOOK_SECRET", text: `is needed beside STRIPE_SECRET_KEY: \`${listen}\` prints it` },
  ];
}

/** A secret is not repeated in full. */
function shown(name: string, value: string | undefined) {
  if (!value) return "";
  return `(now ${name.startsWith("STRIPE_SECRET") || name.startsWith("STRIPE_WEBHOOK") ? `${value.slice(0, 7)}...` : value}) `;
}

function platform(env: z.infer<typeof schema>): Platform {
  const ports = {
    web: env.PORT,
    api: env.API_PORT,
    database: env.DB_PORT,
    functions: env.FN_PORT,
    stripe: env.STRIPE_PORT,
  };
  const isSandbox = !env.STRIPE_SECRET_KEY || env.STRIPE_SECRET_KEY === sandboxKeys.secret;
  return {
    ports,
    urls: {
      web: env.SITE_URL ?? `http://127.0.0.1:${ports.web}`,
      api: `http://127.0.0.1:${ports.api}`,
      stripe: `http://127.0.0.1:${ports.stripe}`,
    },
    stripe: {
      isSandbox,
      secretKey: env.STRIPE_SECRET_KEY ?? sandboxKeys.secret,
      webhookSecret: env.STRIPE_WEBHOOK_SECRET ?? sandboxKeys.webhook,
    },
  };
}

/** What the application and the functions are told; the only place that knows all of it. */
export function childEnvironment({ urls, stripe }: Platform): Record<string, string> {
  return {
    SUPABASE_URL: urls.api,
    SUPABASE_PUBLISHABLE_KEY: keys.publishable,
    SUPABASE_SECRET_KEY: keys.secret,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    SITE_URL: urls.web,
    ...(stripe.isSandbox ? { STRIPE_API_BASE: urls.stripe } : {}),
  };
}

export type SupabaseConfig = LiteConfig & { functions?: Record<string, { verify_jwt?: boolean }> };

/** supabase/config.toml is the official CLI's own file. */
export function readConfig(): SupabaseConfig {
  return parse(fs.readFileSync(path.join(root, "supabase/config.toml"), "utf8")) as unknown as SupabaseConfig;
}

/** A `.env.local` stands behind the shell, as in Next. */
export function loadEnvFile() {
  const file = path.join(root, ".env.local");
  if (fs.existsSync(file)) process.loadEnvFile(file);
}
