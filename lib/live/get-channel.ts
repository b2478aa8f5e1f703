import "server-only";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { realtimeAddress } from "@/lib/live/realtime-address";
import { userClient } from "@/lib/supabase/server";

export const Channel = z.object({
  url: z.url(),
  key: z.string().describe("The publishable key of the Supabase project."),
  topic: z.string(),
  token: z.string().describe("The access token of the session, to be kept in memory only."),
  expiresInSeconds: z.int().describe("Then ask again."),
});
export type Channel = z.infer<typeof Channel>;

/** Where new entries are told, and what lets this session listen: docs/decisions/0018. */
export async function getChannel(): Promise<Channel> {
  const { id } = await getUserOrThrow();
  if (!env().LIVE_BROADCAST) throw new AppError("unknown");
  const { auth } = await userClient();
  const { session } = (await auth.getSession()).data;
  // Who sent a token has one, and no session of ours.
  if (!session) throw new AppError("signed_out");
  return {
    url: realtimeAddress(),
    key: env().SUPABASE_PUBLISHABLE_KEY,
    topic: `billing:${id}`,
    token: session.access_token,
    expiresInSeconds: session.expires_in,
  };
}
