/** What the functions need from outside, read and checked once, before the first request is taken. */
export type Env = {
  supabaseUrl: string;
  supabaseSecretKey: string;
  stripeSecretKey: string;
  /** Several while a signing secret is being rotated. */
  stripeWebhookSecrets: string[];
  /** Another address than Stripe's own: the local sandbox. */
  stripeApiBase: URL | null;
  livemode: boolean;
  /** False: nobody is sold anything, so nobody is topped up either. */
  isSelling: boolean;
};

type Get = (name: string) => string | undefined;

/** Throws one error that names every variable that is missing or wrong. */
export function readEnv(get: Get): Env {
  const text = (name: string) => get(name)?.trim() ?? "";
  const env = {
    supabaseUrl: text("SUPABASE_URL"),
    supabaseSecretKey: databaseKey(text),
    stripeSecretKey: text("STRIPE_SECRET_KEY"),
    stripeWebhookSecrets: text("STRIPE_WEBHOOK_SECRET")
      .split(",")
      .map((secret) => secret.trim()),
  };
  const apiBase = text("STRIPE_API_BASE");
  const selling = text("STRIPE_BILLING_ENABLED");
  const rules: [holds: boolean, rule: string][] = [
    [isHttp(env.supabaseUrl), "SUPABASE_URL must be the address of the project"],
    [
      env.supabaseSecretKey !== "",
      "SUPABASE_SECRET_KEYS or SUPABASE_SECRET_KEY must hold the project's secret key",
    ],
    [
      /^[sr]k_(test|live)_\w+$/.test(env.stripeSecretKey),
      "STRIPE_SECRET_KEY must be sk_test_... or sk_live_...",
    ],
    [
      env.stripeWebhookSecrets.every((secret) => /^whsec_\S+$/.test(secret)),
      "STRIPE_WEBHOOK_SECRET must be whsec_..., or several separated by commas",
    ],
    [apiBase === "" || isHttp(apiBase), "STRIPE_API_BASE must be an address, or absent"],
    [["", "true", "false"].includes(selling), "STRIPE_BILLING_ENABLED must be true, false or absent"],
    ...hostedRules(env),
  ];
  const broken = rules.filter(([holds]) => !holds).map(([, rule]) => rule);
  if (broken.length) throw new Error(`environment: ${broken.join("; ")}`);
  return {
    ...env,
    stripeApiBase: apiBase ? new URL(apiBase) : null,
    livemode: /^[sr]k_live_/.test(env.stripeSecretKey),
    isSelling: selling !== "false",
  };
}

/** Anyone can look up what a local stack uses, so a project on the internet must not run on it. */
function hostedRules(
  env: Pick<Env, "supabaseUrl" | "supabaseSecretKey" | "stripeSecretKey" | "stripeWebhookSecrets">,
) {
  const isLocal = !env.supabaseUrl.startsWith("https:");
  const rule = (name: string, secrets: string[]): [boolean, string] => [
    isLocal || !secrets.some(isWellKnown),
    `${name} is the well-known one of the local stack: set the project's own`,
  ];
  return [
    rule("SUPABASE_SECRET_KEY", [env.supabaseSecretKey]),
    rule("STRIPE_SECRET_KEY", [env.stripeSecretKey]),
    rule("STRIPE_WEBHOOK_SECRET", env.stripeWebhookSecrets),
  ];
}

function isWellKnown(secret: string): boolean {
  return (
    secret === "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz" ||
    secret.includes("coffer_local_sandbox") ||
    secret.includes(".eyJpc3MiOiJzdXBhYmFzZS1kZW1vI") // a JWT issued by "supabase-demo"
  );
}

/** Hosted functions get a JSON dictionary of keys; the other two are older names of one key. */
function databaseKey(text: (name: string) => string): string {
  const dictionary = text("SUPABASE_SECRET_KEYS");
  if (!dictionary) return text("SUPABASE_SECRET_KEY") || text("SUPABASE_SERVICE_ROLE_KEY");
  try {
    const keys: Record<string, unknown> = JSON.parse(dictionary);
    const key = keys.default ?? Object.values(keys)[0];
    return typeof key === "string" ? key.trim() : "";
  } catch {
    return "";
  }
}

const isHttp = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
