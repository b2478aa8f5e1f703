import { expect, test } from "vitest";
import { rangeArguments, readUsageRange } from "@/lib/credits/usage-range";

const asked = (address: string) => rangeArguments(readUsageRange(new URLSearchParams(address)));

test("days, a period, or dates of which the last belongs to them", () => {
  expect(asked("range=90")).toEqual({ days: 90 });
  expect([asked("range=period"), asked("range=before")]).toEqual([{ period: 0 }, { period: 1 }]);
  expect(asked("range=dates&first=2026-02-28&last=2026-02-28")).toEqual({
    since: "2026-02-28T00:00:00Z",
    until: "2026-03-01T00:00:00Z",
  });
});

test("what an address does not say right means the last 30 days", () => {
  for (const address of [
    "",
    "range=31",
    "range=dates",
    "range=dates&first=2026-02-30&last=2026-03-01",
    "range=dates&first=0000-12-31&last=2026-03-01",
    "range=dates&first=2026-02-28&last=9999-12-31",
  ])
    expect(asked(address)).toEqual({ days: 30 });
});
