import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { CreditBalance } from "@/components/credits/credit-balance";
import { render } from "./render";
import { balance } from "./samples";

afterEach(cleanup);

const info = () => screen.getByRole("button", { name: "How these credits are made up" });

test("the total stands alone until the breakdown is asked for", () => {
  render(<CreditBalance balance={balance} refill={null} frozenCredits={0} />);
  expect(screen.getByTestId("total-credits").textContent).toBe("1,250");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each([
  ["hover", () => fireEvent.pointerEnter(info(), { pointerType: "mouse" })],
  ["keyboard focus", () => fireEvent.focus(info())],
  ["tap", () => fireEvent.click(info())],
])("the breakdown opens on %s", (_, open) => {
  render(<CreditBalance balance={balance} refill={null} frozenCredits={0} />);
  open();
  const text = screen.getByRole("dialog").textContent;
  expect(text).toContain("Subscriptionexpires Feb 28, 20261,000");
  expect(text).toContain("Permanentno expiry250");
});

test("it warns of what is lost soon, in days and with the date", () => {
  const expiresSoon = { credits: 40, at: "2026-02-13T12:00:00.000Z" };
  const { rerender } = render(
    <CreditBalance balance={{ ...balance, expiresSoon }} refill={null} frozenCredits={0} />,
  );
  expect(screen.getByText("40 credits expire in 3 days, on Feb 13, 2026.")).toBeDefined();
  const refill = { credits: 1000, at: "2026-02-28T12:00:00.000Z" };
  rerender(<CreditBalance balance={{ ...balance, expiresSoon }} refill={refill} frozenCredits={0} />);
  expect(screen.getByText(/on Feb 13, 2026\. 1,000 new ones come on Feb 28, 2026\.$/)).toBeDefined();
  rerender(<CreditBalance balance={balance} refill={refill} frozenCredits={0} />);
  expect(screen.queryByText(/expire in/)).toBeNull();
});

test("an empty account is told so", () => {
  render(
    <CreditBalance
      balance={{ ...balance, total: 0, subscription: 0, permanent: 0 }}
      refill={null}
      frozenCredits={0}
    />,
  );
  expect(screen.getByText("There is nothing to spend at the moment.")).toBeDefined();
});

test("credits that are frozen are said to be there, and are not counted", () => {
  const { rerender } = render(<CreditBalance balance={balance} refill={null} frozenCredits={300} />);
  expect(screen.getByText("300 credits are frozen for now, and not counted here.")).toBeDefined();
  rerender(<CreditBalance balance={balance} refill={null} frozenCredits={0} />);
  expect(screen.queryByText(/frozen/)).toBeNull();
});
