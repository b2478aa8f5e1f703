import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { BillingDetails } from "@/components/billing/billing-details";
import { Debts } from "@/components/billing/debts";
import { setDetailsAction } from "@/lib/actions/details";
import type { BillingDetails as Data } from "@/lib/billing/get-billing-details";
import type { AccountNotice } from "@/lib/billing/get-notices";
import { kaiserAddress } from "../support/addresses";
import { render } from "./render";

vi.mock("@/lib/actions/details", () => ({ setDetailsAction: vi.fn() }));
vi.mock("@/lib/actions/billing", () => ({ portalAction: vi.fn() }));
afterEach(cleanup);

const details: Data = {
  name: "Kaiser GmbH",
  address: kaiserAddress,
  taxIds: [{ id: "txi_1", type: "eu_vat", value: "DE123456789" }],
  countries: ["DE", "FR", "US", "AQ"],
  taxIdTypes: { DE: "eu_vat", FR: "eu_vat", US: "us_ein" },
};

test("address: as it will stand on the invoice, or why there is none", () => {
  const { container, rerender } = render(<BillingDetails details={details} />);
  const lines = [...container.querySelectorAll("address > span")].map(({ textContent }) => textContent);
  expect(lines).toEqual(["Kaiser GmbH", "Unter den Linden 1", "10117 Berlin", "Germany"]);
  expect(container.textContent).toContain("VAT number: DE123456789");
  const empty = { ...details, name: "", address: { ...details.address, line1: "", city: "" }, taxIds: [] };
  rerender(
    <BillingDetails details={{ ...empty, address: { ...empty.address, postal_code: "", country: "" } }} />,
  );
  expect(screen.getByText("No billing address yet")).toBeDefined();
  rerender(<BillingDetails details={null} />);
  expect(screen.getByText(/once you have bought something/)).toBeDefined();
});

test("address: which tax id is asked for depends on the country, and a refusal is said in the form", async () => {
  vi.mocked(setDetailsAction).mockResolvedValue({
    ok: false,
    error: { kind: "invalid", message: "This is not a tax ID." },
  });
  render(<BillingDetails details={details} />);
  fireEvent.click(screen.getByRole("button", { name: "Edit billing address" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Billing address" }));
  expect(dialog.getByLabelText<HTMLInputElement>("VAT number (optional)").value).toBe("DE123456789");
  const country = dialog.getByLabelText("Country");
  fireEvent.change(country, { target: { value: "AQ" } });
  expect(dialog.queryByLabelText(/optional\)$/, { selector: "[name=tax_id]" })).toBeNull();
  fireEvent.change(country, { target: { value: "US" } });
  expect(dialog.getByLabelText<HTMLInputElement>("EIN (optional)").value).toBe("");
  fireEvent.click(dialog.getByRole("button", { name: "Save address" }));
  await waitFor(() => expect(dialog.getByRole("alert").textContent).toBe("This is not a tax ID."));
  const form = vi.mocked(setDetailsAction).mock.calls[0]?.[1];
  expect(form?.get("country")).toBe("US");
  fireEvent.click(dialog.getByRole("button", { name: "Leave it as it is" }));
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Edit billing address" })),
  );
});

test("debts: of which payment how many credits, and how they are settled", () => {
  const debt: AccountNotice = {
    key: "debt:re_1",
    kind: "debt",
    subject: "500 credits",
    at: "2026-03-01T10:00:00.000Z",
    ...{ endsAt: null, amountCents: 500, currency: "usd", credits: 120, url: null, canBuy: true },
  };
  render(<Debts debts={[debt]} />);
  expect(screen.getByRole("listitem").textContent).toBe("500 credits, refunded on Mar 1, 2026120 credits");
  expect(screen.getByText(/^The next credits that you pay for settle this first/)).toBeDefined();
});
