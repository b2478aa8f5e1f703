import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ChangeReview } from "@/components/billing/change-review";
import { changePlanAction } from "@/lib/actions/plan";
import { extraCredits } from "./items";
import { render } from "./render";
import { review } from "./samples";

const router = vi.hoisted(() => ({ refresh: vi.fn(), replace: vi.fn() }));
vi.mock("next/navigation", () => ({ useRouter: () => router }));
vi.mock("next/form", () => ({
  default: ({ replace: _, ...props }: React.ComponentProps<"form"> & { replace: boolean }) => (
    <form {...props} />
  ),
}));
vi.mock("@/lib/actions/plan", () => import("./plan-actions"));
beforeEach(() => vi.resetAllMocks());
afterEach(cleanup);

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("review: every line that is charged, what it brings, and the next charge", async () => {
  vi.mocked(changePlanAction).mockResolvedValue(null);
  render(<ChangeReview {...review} />);
  const costs = screen.getByRole("region", { name: "Costs" });
  const rows = [...costs.querySelectorAll("dl > div")].map((row) => row.textContent);
  expect(rows).toEqual([
    "Unused time on Basic−$4.99",
    "Remaining time on Professional$15.00",
    "Charged now$10.01",
    "Added now350 credits",
    "Each month1,000 credits",
    "Next charge on Mar 15, 2026$29.99",
  ]);
  press("Pay $10.01 and change");
  await waitFor(() => expect(changePlanAction).toHaveBeenCalledOnce());
  expect(vi.mocked(changePlanAction).mock.calls[0]?.slice(0, 2)).toEqual([review.wanted, "token"]);
});

test("review: what costs less starts when the paid period is over, and takes nothing now", () => {
  const later = { when: "period_end", startsAt: "2026-03-15T10:00:00.000Z" } as const;
  const preview = { ...review.preview, ...later, dueNowCents: 0, creditsNow: 0, lines: [] };
  render(<ChangeReview {...review} preview={preview} replaces="2026-03-15T10:00:00.000Z" />);
  expect(screen.getByText(/Until Mar 15, 2026 everything stays as you have paid it/)).toBeDefined();
  expect(screen.queryByText("Added now")).toBeNull();
  expect(screen.getByText(/takes the place of the change that was planned/)).toBeDefined();
  expect(screen.getByRole("button", { name: "Change on Mar 15, 2026" })).toBeDefined();
});

test("review: the credits of the month already paid are part of the first year", () => {
  const preview = { ...review.preview, creditsNow: 917, nextChargeAt: "2027-03-01T10:00:00.000Z" };
  render(
    <ChangeReview {...review} preview={preview} firstYearCredits={917} monthlyFrom={preview.nextChargeAt} />,
  );
  const costs = within(screen.getByRole("region", { name: "Costs" }));
  const first = costs.getByText("Each month until Mar 1, 2027, less what you have had already");
  expect(first.parentElement?.textContent).toContain("about 917 credits");
  const later = costs.getByText("Each month from Mar 1, 2027");
  expect(later.parentElement?.textContent).toContain("1,000 credits");
});

test("review: a change that is none has no button to make it", () => {
  render(<ChangeReview {...review} preview={{ ...review.preview, when: "nothing" }} />);
  expect(screen.getByText("Nothing to change")).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
});

test("review: who came to change seats is told how, with those of now", () => {
  const items = review.items.map((item) => ({ ...item, quantity: 3, maxQuantity: 10 }));
  const now = review.now && { ...review.now, items };
  render(
    <ChangeReview {...review} now={now} items={items} preview={{ ...review.preview, when: "nothing" }} />,
  );
  expect(screen.getByText("Professional with 3 seats")).toBeDefined();
  expect(screen.getByText("Choose how many")).toBeDefined();
});

test("review: quantities are fields where there can be several, and none of an add-on removes it", () => {
  const items = [...review.items, { ...extraCredits, field: "add_on.extra_credits_month" }];
  render(<ChangeReview {...review} items={items} />);
  const field = screen.getByRole("spinbutton", { name: "Quantity of Extra credits" });
  expect(field.getAttribute("min")).toBe("0");
  expect(field.getAttribute("max")).toBe("10");
  expect(field.getAttribute("name")).toBe("add_on.extra_credits_month");
  expect(screen.queryByRole("spinbutton", { name: "Seats" })).toBeNull();
  expect(screen.getByRole("button", { name: "Update quantities" })).toBeDefined();
});

test("review: a refusal is a sentence, and a look at what is there now is the next step", async () => {
  vi.mocked(changePlanAction).mockResolvedValue({ is: "refused", message: "It has changed." });
  const { rerender } = render(<ChangeReview {...review} />);
  press("Pay $10.01 and change");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("It has changed.");
  fireEvent.click(within(alert).getByRole("button", { name: "Look again" }));
  expect(router.refresh).toHaveBeenCalledOnce();
  rerender(<ChangeReview {...review} preview={{ ...review.preview, token: "another" }} />);
  expect(screen.queryByRole("alert")).toBeNull();
});

test("review: a payment to confirm opens at the bank, and this page waits for it", async () => {
  const waitAt = "/dashboard/billing?awaits=changed";
  vi.mocked(changePlanAction).mockResolvedValue({ is: "confirm", url: "https://stripe.com/i", waitAt });
  render(<ChangeReview {...review} />);
  press("Pay $10.01 and change");
  const link = await screen.findByRole("link", { name: "Pay or confirm" });
  expect([link.getAttribute("href"), link.getAttribute("target")]).toEqual([
    "https://stripe.com/i",
    "_blank",
  ]);
  expect(screen.queryByRole("button", { name: /^Pay/ })).toBeNull();
  link.addEventListener("click", (event) => event.preventDefault()); // nothing is opened here
  fireEvent.click(link);
  expect(router.replace).toHaveBeenCalledExactlyOnceWith(waitAt);
});
