import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SubscriptionDetails } from "@/components/billing/subscription-details";
import { cancelPlanAction, pausePlanAction } from "@/lib/actions/plan";
import { render } from "./render";
import { panel } from "./samples";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), portalAction: vi.fn() }));
vi.mock("@/lib/actions/plan", () => import("./plan-actions"));
beforeEach(() => vi.resetAllMocks());
afterEach(cleanup);

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("cancelling says what stays until when, and sends the reason with the comment", async () => {
  vi.mocked(cancelPlanAction).mockResolvedValue(null);
  render(<SubscriptionDetails {...panel} />);
  press("Cancel subscription");
  const dialog = await screen.findByRole("dialog", { name: "Cancel Professional?" });
  const kept = within(dialog)
    .getAllByRole("listitem")
    .map((item) => item.textContent);
  expect(kept).toEqual([
    "Professional works until Mar 15, 2026. You can take this back until then.",
    "1,000 credits of your plan can be spent until Mar 15, 2026.",
    "250 credits that you bought in packs stay, and do not expire.",
    "After that you have the free plan: 100 credits each month.",
  ]);
  const offered = within(dialog).getAllByRole<HTMLInputElement>("radio");
  expect(offered.map(({ value }) => value)).toEqual(panel.managed?.cancellation?.reasons);
  fireEvent.click(within(dialog).getByRole("radio", { name: "I do not use it enough" }));
  fireEvent.change(within(dialog).getByRole("textbox"), { target: { value: "See you" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "Cancel subscription" }));
  await waitFor(() => expect(cancelPlanAction).toHaveBeenCalledOnce());
  const form = vi.mocked(cancelPlanAction).mock.calls[0]?.[1];
  expect([...(form ?? [])]).toEqual([
    ["feedback", "unused"],
    ["comment", "See you"],
  ]);
});

test("what was typed stays when React empties the form after a refusal", async () => {
  render(<SubscriptionDetails {...panel} />);
  press("Cancel subscription");
  const comment = await screen.findByRole<HTMLTextAreaElement>("textbox");
  const isEmptied = comment.form && fireEvent.reset(comment.form);
  expect(isEmptied).toBe(false);
});

test("pausing says first what it means", async () => {
  vi.mocked(pausePlanAction).mockResolvedValue(null);
  render(<SubscriptionDetails {...panel} />);
  press("Pause subscription");
  const dialog = within(await screen.findByRole("dialog", { name: "Pause Professional?" }));
  expect(dialog.getByText(/they are frozen, and do not expire meanwhile/)).toBeDefined();
  expect(dialog.getByText(/Nothing is charged while it is paused/)).toBeDefined();
  expect(pausePlanAction).not.toHaveBeenCalled();
  fireEvent.click(dialog.getByRole("button", { name: "Pause subscription" }));
  await waitFor(() => expect(pausePlanAction).toHaveBeenCalledOnce());
});
