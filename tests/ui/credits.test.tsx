import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Credits } from "@/components/overview/credits";
import type { Credits as CreditsData } from "@/lib/overview/get-credits";
import { render } from "./render";

afterEach(cleanup);

const part = (kind: CreditsData["parts"][number]["kind"], credits: number, endsAt: string | null = null) => ({
  kind,
  credits,
  endsAt,
});
const outlook = { is: "until", days: 7, perDay: 43.21, until: "2026-03-03T10:00:00.000Z", lost: 0 } as const;
const credits: CreditsData = {
  total: 1_250,
  parts: [
    part("promotional", 0),
    part("subscription", 1_000, "2026-02-28T10:00:00.000Z"),
    part("permanent", 250),
    part("held", 0),
    part("frozen", 0),
  ],
  expiry: null,
  level: "enough",
  more: { is: "packs", href: "/dashboard#top-up" },
  refill: null,
  outlook: { ...outlook, nextLost: 0 },
  asOf: "2026-02-10T10:00:00.000Z",
};
test("the breakdown says when each kind ends", () => {
  render(<Credits credits={credits} />);
  expect(screen.getByTestId("total-credits").textContent).toBe("1,250");
  const text = screen.getByRole("dialog").textContent;
  expect(text).toContain("Subscriptionexpires Feb 28, 20261,000");
  expect(text).toContain("Permanentno expiry250");
  expect(text).not.toContain("Held");
});

test("what is held and frozen is told beside the total, and the bar has words", () => {
  const parts = [...credits.parts.slice(0, 3), part("held", 200), part("frozen", 300)];
  render(<Credits credits={{ ...credits, parts }} />);
  const bar = screen.getByRole("list", { name: "How these credits are made up" });
  expect(bar.textContent).toBe("Subscription 1,000Permanent 250Held 200Frozen 300");
  expect(screen.getByRole("dialog").textContent).toContain("not in the total");
});

test.each([
  [{ lost: null }, "400 credits expire in 3 days, on Feb 13, 2026."],
  [{ lost: 333 }, /At the present pace 333 of them are lost\.$/],
  [{ lost: 400 }, /At the present pace all of it is lost\.$/],
  [{ lost: 0 }, /At the present pace you use them before\.$/],
])("what expires within a week is told with what of it will be lost: %o", ({ lost }, says) => {
  const expiry = { credits: 400, at: "2026-02-13T12:00:00.000Z", lost };
  render(<Credits credits={{ ...credits, expiry }} />);
  expect(screen.getByText(says)).toBeDefined();
});

test("a low balance says when more comes by itself, and leads to where more is", () => {
  const refill = { credits: 1_000, at: "2026-02-28T12:00:00.000Z" };
  const { rerender } = render(<Credits credits={{ ...credits, level: "low", refill }} />);
  expect(screen.getByText("Few credits are left. 1,000 new credits come on Feb 28, 2026.")).toBeDefined();
  const link = screen.getByRole("link", { name: "Buy credits" });
  expect(link.getAttribute("href")).toBe("/dashboard#top-up");
  const parts = [part("frozen", 300)];
  rerender(<Credits credits={{ ...credits, total: 0, level: "none", parts, outlook: null, more: null }} />);
  expect(screen.getByText("Nothing can be spent while your credits are frozen.")).toBeDefined();
  expect(screen.queryByRole("link")).toBeNull();
});

test.each([
  ["until", { is: "until" }, /^Lasts until Mar 3, 2026 at this pace/],
  ["never", { is: "never", until: null }, /^Does not run out at this pace/],
  [
    "without use",
    { is: "idle", until: null },
    /^Nothing is being used.*last 7 days\. 60 credits would expire/,
  ],
  ["too young", { is: "unknown", until: null }, /^Not enough history for a forecast yet/],
] as const)("the forecast is told in words: %s", (_, of, says) => {
  render(<Credits credits={{ ...credits, outlook: { ...outlook, lost: 60, nextLost: 0, ...of } }} />);
  expect(screen.getByTestId("outlook").textContent).toMatch(says);
});
