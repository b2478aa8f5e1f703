/** Next calls this once, before the server answers. */
export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { checkEnv } = await import("@/lib/check-env");
    checkEnv();
  }
}
