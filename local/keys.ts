/** The keys that every `supabase start` prints: public knowledge, for a loopback address only. */
export const keys = {
  publishable: "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH",
  secret: "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz",
  jwtSecret: "super-secret-jwt-token-with-at-least-32-characters-long",
};

/** What the sandbox signs with and is called with when the environment names no Stripe account. */
export const sandboxKeys = {
  secret: "sk_test_coffer_local_sandbox",
  webhook: "whsec_coffer_local_sandbox",
};
