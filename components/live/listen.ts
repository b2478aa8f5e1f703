import { RealtimeClient } from "@supabase/supabase-js";
import type { Channel } from "@/lib/live/get-channel";

export type Hear = {
  /** There is a new entry. */
  entry: () => void;
  /** Whether entries are heard of now; what came in between was not. */
  joined: (is: boolean) => void;
};

const SPARE_MS = 60_000;

/** Joins the account's private channel until told to end. The token is kept here, and asked for anew before it ends. */
export async function listen(getChannel: () => Promise<Channel>, hear: Hear): Promise<() => void> {
  const { url, key, topic, ...first } = await getChannel();
  let pass = keep(first);
  const client = new RealtimeClient(url, {
    params: { apikey: key },
    // Asked at every heartbeat.
    accessToken: async () => {
      if (performance.now() > pass.endsAt) pass = keep(await getChannel());
      return pass.token;
    },
  });
  await client.setAuth();
  client
    .channel(topic, { config: { private: true } })
    .on("broadcast", { event: "entry" }, () => hear.entry())
    .subscribe((status) => hear.joined(status === "SUBSCRIBED"));
  return () => void client.removeAllChannels().then(() => client.disconnect());
}

function keep({ token, expiresInSeconds }: Pick<Channel, "token" | "expiresInSeconds">) {
  return { token, endsAt: performance.now() + expiresInSeconds * 1_000 - SPARE_MS };
}
