// The real Realtime client of the page against a socket that speaks Supabase Realtime's protocol.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listen } from "@/components/live/listen";
import { startPhoenix } from "../support/phoenix";

const topic = "billing:ada00000-0000-4000-8000-000000000001";
let phoenix: Awaited<ReturnType<typeof startPhoenix>>;
let end = () => {};
beforeEach(async () => {
  phoenix = await startPhoenix(new Set(["good-1", "good-2"]));
});
afterEach(() => {
  end();
  phoenix.close();
});

/** Listens with tokens that end at once, each asked for when the one before is over. */
async function join(...tokens: string[]) {
  const heard: string[] = [];
  const pass = () => ({
    url: phoenix.url,
    key: "sb_publishable_x",
    topic,
    token: tokens.shift() ?? "",
    expiresInSeconds: tokens.length > 0 ? 0 : 3_600,
  });
  end = await listen(async () => pass(), {
    entry: () => heard.push("entry"),
    joined: (is) => heard.push(is ? "joined" : "left"),
  });
  return heard;
}

test("a page joins the private channel of its account with its token, and hears that there is an entry", async () => {
  const heard = await join("good-1");
  await vi.waitFor(() => expect(heard).toEqual(["joined"]));
  expect(phoenix.joins).toEqual([
    {
      topic: `realtime:${topic}`,
      payload: expect.objectContaining({
        access_token: "good-1",
        config: expect.objectContaining({ private: true }),
      }),
    },
  ]);
  phoenix.broadcast(topic, "entry", { entry: 7 });
  phoenix.broadcast(topic, "other", { entry: 8 });
  phoenix.broadcast(topic, "entry", { entry: 9 });
  await vi.waitFor(() => expect(heard).toEqual(["joined", "entry", "entry"]));
});

test("a token that is over is replaced, without joining anew", async () => {
  const heard = await join("over", "good-2");
  await vi.waitFor(() => expect(heard).toEqual(["joined"]));
  expect(phoenix.joins.map(({ payload }) => payload.access_token)).toEqual(["good-2"]);
});

test("who is not let in knows it, and asks instead", async () => {
  const heard = await join("bad");
  await vi.waitFor(() => expect(heard).toContain("left"));
  expect(heard).not.toContain("joined");
});

test("a connection that breaks is told, and made again", async () => {
  const heard = await join("good-1");
  await vi.waitFor(() => expect(heard).toEqual(["joined"]));
  phoenix.cut();
  await vi.waitFor(() => expect(heard.at(-1)).toBe("left"));
  await vi.waitFor(() => expect(heard.at(-1)).toBe("joined"), { timeout: 5_000 });
});
