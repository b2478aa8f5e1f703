// How often a page asks, by a clock of the test; what one tab does for others is shown in tests/e2e/live.spec.ts.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer } from "@/components/live/ask";
import { watch } from "@/components/live/watch";

const settings = { everyMs: 1_000, idleEveryMs: 5_000, canListen: false };
const live = { account: "ada", entryNumber: 1, total: 100, nextChangeAt: null, isTold: true, asOf: "" };
const asked = vi.fn(async () => Response.json(live));
let watching: ReturnType<typeof watch>;
let heard: Answer[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", asked.mockClear());
  vi.stubGlobal("navigator", { onLine: true }); // and no locks: it leads for itself
  heard = [];
  watching = watch(settings, (answer) => heard.push(answer));
});
afterEach(() => {
  watching.end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  asked.mockImplementation(async () => Response.json(live));
});

/** How often was asked in this time. */
async function questionsIn(ms: number): Promise<number> {
  const before = asked.mock.calls.length;
  await vi.advanceTimersByTimeAsync(ms);
  return asked.mock.calls.length - before;
}

test("a page that somebody uses asks at once, then at its pace", async () => {
  expect(asked).toHaveBeenCalledTimes(1);
  await questionsIn(0);
  expect(heard).toEqual([{ is: "live", live }]);
  expect(await questionsIn(10_000)).toBe(10);
});

test("one that nobody has touched for a minute asks less often, until somebody does", async () => {
  await questionsIn(65_000);
  expect(await questionsIn(50_000)).toBe(10);
  window.dispatchEvent(new Event("pointermove"));
  expect(await questionsIn(3_000)).toBe(3);
});

test("an error doubles the pause, up to a minute; news are asked for at once, and success sets it back", async () => {
  asked.mockImplementation(async () => new Response(null, { status: 503 }));
  expect(await questionsIn(14_000)).toBe(3); // after 1, 2 and 4 seconds
  await questionsIn(600_000);
  expect(await questionsIn(60_000)).toBe(1);
  asked.mockImplementation(async () => Response.json(live));
  watching.tellNews();
  expect(await questionsIn(4_000)).toBeGreaterThan(0);
  expect(heard.at(-1)).toEqual({ is: "live", live });
});

test("a page that is left asks no more", async () => {
  await questionsIn(1_000);
  watching.end();
  expect(await questionsIn(60_000)).toBe(0);
});
