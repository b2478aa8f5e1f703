// Supabase Auth and REST in this process, corrected where @supabase/lite 0.10 differs from the platform.
import { App, InMemoryEmailDriver } from "@supabase/lite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { keys } from "./keys.ts";

type Section = Record<string, unknown>;
export type LiteConfig = { auth?: Section & { email?: Section }; api?: Section };
export type Api = Awaited<ReturnType<typeof createApi>>;

export async function createApi(url: string, config: LiteConfig) {
  const connection = createPostgresConnection({
    url,
    postgresOptions: { max: 10, onnotice: () => {}, types },
  });
  const inside = connection as unknown as Internals;
  if (inside.rlsState !== "unknown") throw new Error("@supabase/lite changed: look at rlsState again");
  inside.rlsState = "active"; // else its first request GRANTs ALL on all tables to anon and authenticated
  const normalize = inside.normalizeDbError.bind(connection);
  inside.normalizeDbError = (error) => answerLikePostgrest(normalize(error));
  quietDatabaseErrors();
  const { api, auth } = settings(config);
  const { jwtSecret: jwt_secret, publishable: publishable_key, secret: secret_key } = keys;
  const app: App = new App({
    connection,
    api,
    auth: { ...auth, enabled: true, jwt_secret, publishable_key, secret_key },
    studio: { enabled: false },
    options: { drivers: { email: new InMemoryEmailDriver() } },
  } as never); // its own type asks for every setting there is
  await app.init();
  // `notify pgrst, 'reload schema'`, as PostgREST hears it
  await connection.driver.listen("pgrst", () => void inside.clearSchemaCache());
  return {
    /** Without a peer address its keyless "admin mode" for local callers stays off. */
    fetch: (request: Request) => app.fetch(request, { peerAddress: null }),
    close: () => connection.close(),
  };
}

type DbError = { code?: string; message?: string; detail?: string; hint?: string };
type Internals = {
  rlsState: string;
  normalizeDbError(error: unknown): DbError;
  clearSchemaCache(): Promise<void>;
};

// Lite answers these as PostgREST does.
const answeredWell = /^(PGRST|PT...|42...|22...|21...|25006|23502|23503|23505)$/;

/** Lite answers 500 "SUP" to other codes; its PGRST path lets us say code, message and status in full. */
function answerLikePostgrest(error: DbError): DbError {
  if (!error?.code || !/^[0-9A-Z]{5}$/.test(error.code) || answeredWell.test(error.code)) return error;
  const body = {
    code: error.code,
    message: error.message,
    details: error.detail ?? null,
    hint: error.hint ?? null,
  };
  return {
    code: "PGRST",
    message: JSON.stringify(body),
    detail: JSON.stringify({ status: statusOf(error.code), headers: {} }),
  };
}

/** The HTTP status of an SQLSTATE, as in PostgREST's table. */
function statusOf(code: string) {
  if (code === "P0001") return 400;
  if (/^(08|53(?!400))/.test(code)) return 503;
  if (/^(09|25|2D|38|39|3B|40|53|54|55|57|58|F0|HV|P0|XX)/.test(code)) return 500;
  return /^(0L|0P|28)/.test(code) ? 403 : 400;
}

/** Lite prints every database error with its whole introspection; the caller gets the error anyway. */
function quietDatabaseErrors() {
  if (quieted) return;
  quieted = true;
  const print = console.error;
  console.error = (...args: unknown[]) => {
    const [first] = args;
    const isDatabaseError =
      typeof first === "object" &&
      first !== null &&
      "message" in first &&
      "code" in first &&
      typeof first.code === "string";
    if (!isDatabaseError) print(...args);
  };
}
let quieted = false;

const isoDate = (text: string) => text.replace(" ", "T");
const readJson = (text: string): unknown => JSON.parse(text);
/** Lite has already made text of an object or a list among the arguments of an rpc; a second time makes a string of it. */
const writeJson = (value: unknown) =>
  typeof value === "string" && /^[{[]/.test(value) ? value : JSON.stringify(value);
/** As PostgREST prints them: numbers as numbers, times as ISO-8601. */
const types = {
  numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
  timestamptz: {
    to: 1184,
    from: [1184],
    serialize: (value: string) => value,
    parse: (text: string) => isoDate(text).replace(/([+-]\d\d)$/, "$1:00"),
  },
  json: { to: 114, from: [114], serialize: writeJson, parse: readJson },
  jsonb: { to: 3802, from: [3802], serialize: writeJson, parse: readJson },
  timestamp: { to: 1114, from: [1114], serialize: (value: string) => value, parse: isoDate },
};

/** Lite refuses a setting it does not know (the CLI's auth.email.enabled, auth.rate_limit, ...): hand over these. */
function settings({ auth = {}, api }: LiteConfig) {
  return {
    api: pick(api, "schemas", "extra_search_path", "max_rows"),
    auth: {
      ...pick(
        auth,
        "site_url",
        "additional_redirect_urls",
        "jwt_expiry",
        "enable_signup",
        "enable_refresh_token_rotation",
        "refresh_token_reuse_interval",
        "minimum_password_length",
        "password_requirements",
      ),
      email: {
        ...pick(auth.email, "enable_confirmations", "double_confirm_changes", "otp_length", "otp_expiry"),
        enable_signup: auth.email?.enabled !== false,
      },
    },
  };
}

function pick(from: Section = {}, ...names: string[]) {
  return Object.fromEntries(
    names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]),
  );
}
