import { expect, test } from "vitest";
import { day, june, lifeOf, seconds } from "./plans.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test.each([
  ["void", "void"],
  ["mark_uncollectible", "uncollectible"],
  ["keep_as_draft", "draft"],
] as const)(
  "pause collection: with %s the plan stays active and its invoices are %s until it ends",
  async (behavior, status) => {
    const { stripe, deliveredBy } = sandbox();
    const { id, to } = await lifeOf(sandbox());
    await to(june.half);
    const delivered = await deliveredBy(() =>
      stripe.subscriptions.update(id, { pause_collection: { behavior, resumes_at: june.end + 10 * day } }),
    );
    expect(delivered).toEqual(["customer.subscription.updated"]);
    await to(june.end + 2 * 3600);
    const during = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(during).toMatchObject({ status: "active", latest_invoice: { status } });
    await to(june.end + 11 * day);
    expect((await stripe.subscriptions.retrieve(id)).pause_collection).toBeNull();
    await to(seconds("2027-08-01T02:00:00Z"));
    const after = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
    expect(after).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
  },
);

test("pause collection: it can be taken back, and begins in the future only", async () => {
  const { stripe } = sandbox();
  const { id, to } = await lifeOf(sandbox());
  await to(june.half);
  const paused = await stripe.subscriptions.update(id, { pause_collection: { behavior: "void" } });
  expect(paused).toMatchObject({
    status: "active",
    pause_collection: { behavior: "void", resumes_at: null },
  });
  expect((await stripe.subscriptions.update(id, { pause_collection: "" })).pause_collection).toBeNull();
  await expect(
    stripe.subscriptions.update(id, { pause_collection: { behavior: "void", resumes_at: june.half } }),
  ).rejects.toMatchObject({ param: "pause_collection[resumes_at]" });
});
