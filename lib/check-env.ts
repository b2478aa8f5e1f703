import "server-only";
import { env } from "@/lib/env";

/** A bad environment ends the server before it answers, with one message and no stack. */
export function checkEnv(): void {
  try {
    env();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
