import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Chosen } from "@/components/billing/chosen";
import { ContactForm } from "@/components/billing/contact-form";
import { OfferButton } from "@/components/billing/offer-button";
import { PricingComparison } from "@/components/billing/pricing-comparison";
import { PricingTable } from "@/components/billing/pricing-table";
import { contactAction } from "@/lib/actions/contact";
import type { OfferState, Pricing } from "@/lib/billing/get-pricing";
import { render } from "./render";
import { pricing } from "./samples";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: vi.fn() }) }));
vi.mock("@/lib/actions/billing", () => ({ checkoutAction: vi.fn(), chosenAction: vi.fn() }));
vi.mock("@/lib/actions/trial", () => ({ startTrialAction: vi.fn() }));
vi.mock("@/lib/actions/contact", () => ({ contactAction: vi.fn() }));
beforeEach(() => vi.mocked(contactAction).mockReset());
afterEach(cleanup);

const plan = (name: string) => within(screen.getByRole("listitem", { name }));
const change = "/dashboard/billing/change?plan=basic_month&quantity=1";

/** Basic in another state, and the whole table around it. */
function show(state: OfferState, beside: Partial<Pricing> = {}, changeTo: typeof change | null = null) {
  const plans = pricing.plans.map((one) => ({
    ...one,
    state,
    offers: one.offers.map((offer) => ({ ...offer, state, changeTo })),
  }));
  return render(<PricingTable pricing={{ ...pricing, plans, ...beside }} />);
}

test("by the month, or by the year with what that saves", () => {
  render(<PricingTable pricing={pricing} />);
  const basic = screen.getByRole("listitem", { name: "Basic" });
  expect(basic.textContent).toContain("$9.99/ month");
  const yearly = screen.getByRole("radio", { name: "Yearly save 15%" });
  fireEvent.click(yearly);
  expect(basic.textContent).toContain("$8.49/ month");
  expect(basic.textContent).toContain("$101.90 billed once a year");
  expect(basic.textContent).toContain("Saves $17.98 a year (15%)");
});

test("what is sold by the year only shows what it costs, and asks for no interval", () => {
  const plans = pricing.plans.map((one) => ({
    ...one,
    offers: one.offers.filter(({ interval }) => interval === "year"),
  }));
  render(<PricingTable pricing={{ ...pricing, plans }} />);
  expect(screen.getByRole("listitem", { name: "Basic" }).textContent).toContain("$101.90 billed once a year");
  expect(screen.queryByRole("radio")).toBeNull();
});

test.each([
  ["eur", "€9.49"],
  ["gbp", "£9.49"],
  ["usd", "$9.49"],
])("prices are in the currency of the visitor: %s", (currency, price) => {
  const plans = pricing.plans.map((one) => ({
    ...one,
    offers: one.offers.map((offer) => ({ ...offer, currency, perMonthCents: 949 })),
  }));
  render(<PricingTable pricing={{ ...pricing, plans, currency }} />);
  expect(screen.getByRole("listitem", { name: "Basic" }).textContent).toContain(price);
});

test("a visitor takes the offer along through signing up, and the trial too", () => {
  const tried = { days: 14, credits: 500 };
  const plans = pricing.plans.map((one) => ({
    ...one,
    state: "sign-up" as const,
    trial: one.isFree ? null : tried,
    offers: one.offers.map((offer) => ({ ...offer, state: "sign-up" as const })),
  }));
  render(<PricingTable pricing={{ ...pricing, plans }} />);
  const links = () =>
    plan("Basic")
      .getAllByRole("link")
      .map((link) => link.getAttribute("href"));
  const next = (path: string) => `/login?mode=sign-up&next=${encodeURIComponent(path)}`;
  expect(links()).toEqual([next("/checkout/start?offer=basic_month"), next("/checkout/start?trial=basic")]);
  fireEvent.click(screen.getByRole("radio", { name: /^Yearly/ }));
  expect(links()[0]).toBe(next("/checkout/start?offer=basic_year"));
  expect(plan("Free").getByRole("link", { name: "Start for free" }).getAttribute("href")).toBe(
    "/login?mode=sign-up",
  );
});

test.each<[OfferState, string, boolean]>([
  ["available", "Choose Basic", true],
  ["current", "Current plan", false],
  ["next", "Your next plan", false],
  ["blocked", "Not now", false],
])("an offer that is %s says so on its button", (state, label, canPress) => {
  show(state);
  const button = plan("Basic").getByRole<HTMLButtonElement>("button", { name: label });
  expect(button.disabled).toBe(!canPress);
});

test.each<[OfferState, string]>([
  ["available", "Change to Basic"],
  ["current", "Pay by the month"],
])("from a plan that is %s one gets to a page that shows the change", (state, label) => {
  const plans = pricing.plans.map((one) => ({
    ...one,
    state,
    offers: one.offers.map((offer) => ({ ...offer, state: "change" as const, changeTo: change }) as const),
  }));
  render(<PricingTable pricing={{ ...pricing, plans }} />);
  expect(plan("Basic").getByRole("link", { name: label }).getAttribute("href")).toBe(change);
});

test("the full button is that of what is suggested: a smaller plan is there, but quiet", () => {
  const button = (isSuggested: boolean) => (
    <OfferButton
      name="Basic"
      state="change"
      offer={{ lookupKey: "basic_month", interval: "month", changeTo: change, isSuggested }}
      isCurrentPlan={false}
      intent="one-showing"
    />
  );
  const { rerender } = render(button(true));
  const full = screen.getByRole("link").className;
  rerender(button(false));
  expect(screen.getByRole("link").className).not.toBe(full);
  expect(screen.getByRole("link").className).not.toContain("bg-primary");
});

test("a plan on hold says what stands in the way, and where it is settled", () => {
  show("blocked", { block: "unpaid", isOnHold: true });
  expect(screen.getByRole("link", { name: "Go to Billing" })).toBeDefined();
});

test("where nothing is sold there are prices, and no button that buys", () => {
  show("closed", { canBuy: false, packs: [] });
  expect(screen.getByText(/^Plans and packs cannot be bought at the moment/)).toBeDefined();
  expect(plan("Basic").queryByRole("button")).toBeNull();
});

test("a plan that was agreed with the account stands above the others, as theirs", () => {
  const [, basic] = pricing.plans;
  if (!basic) throw new Error("the sample has two plans");
  const acme = { ...basic, key: "custom_acme", name: "Acme", isCustom: true };
  render(<PricingTable pricing={{ ...pricing, plans: [acme, ...pricing.plans] }} />);
  const own = within(screen.getByRole("region", { name: "Acme" }));
  expect(own.getByText("Made for you")).toBeDefined();
  expect(own.getByRole("button", { name: "Choose Acme" })).toBeDefined();
  expect(within(screen.getByRole("list", { name: "Plans" })).queryByText("Acme")).toBeNull();
});

test("the comparison says in words what its signs show", () => {
  const cells = [{ is: "missing" }, { is: "included" }] as const;
  const comparison = {
    plans: [
      { key: "free", name: "Free" },
      { key: "pro", name: "Pro" },
    ],
    rows: [
      { label: "API access", cells: [...cells] },
      { label: "Chatbots", cells: [{ is: "text" as const, text: "1" }, { is: "unlimited" as const }] },
    ],
  };
  render(<PricingComparison comparison={comparison} />);
  expect(screen.getByRole("row", { name: "API access Not included Included" })).toBeDefined();
  expect(screen.getByRole("row", { name: "Chatbots 1 Unlimited" })).toBeDefined();
});

test("contact: errors stand at their fields, the first has the focus, and then there is an answer", async () => {
  const refused = { is: "refused", message: null, fields: { email: "Please enter one." } } as const;
  vi.mocked(contactAction).mockResolvedValueOnce(refused);
  vi.mocked(contactAction).mockResolvedValueOnce({ is: "sent", email: "ada@example.com" });
  render(<ContactForm id="form-1" email="" />);
  fireEvent.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(screen.getByText("Please enter one.")).toBeDefined());
  expect(document.activeElement).toBe(screen.getByLabelText(/^E-mail/));
  fireEvent.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(screen.getByRole("status").textContent).toContain("answer to ada@example.com"));
  expect(document.activeElement).toBe(screen.getByRole("status"));
});

test("a choice goes on by itself, but one that comes from elsewhere waits for a click", async () => {
  const { chosenAction } = await import("@/lib/actions/billing");
  const choice = { is: "checkout", name: "Basic", lookupKey: "basic_month", intent: "one-showing" } as const;
  const { rerender } = render(<Chosen choice={choice} isStraight={false} />);
  expect(screen.getByRole("button", { name: "Go on to payment" })).toBeDefined();
  expect(chosenAction).not.toHaveBeenCalled();
  rerender(<Chosen choice={choice} isStraight />);
  await waitFor(() => expect(chosenAction).toHaveBeenCalledOnce());
});

test.each([
  ["gone", "See the plans"],
  ["needsPlan", "See the plans"],
  ["current", "Go to Billing"],
  ["tried", "Go to the dashboard"],
] as const)("a choice that leads nowhere is told kindly, with the next step: %s", (why, label) => {
  render(<Chosen choice={{ is: "refused", why, name: "Basic" }} isStraight />);
  expect(screen.getByRole("link", { name: label })).toBeDefined();
});
