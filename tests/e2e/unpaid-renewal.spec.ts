// The last of these files: it moves the time of the whole platform.
import {
  cards,
  choosePlan,
  expect,
  expectPaid,
  expectSoon,
  fillCard,
  moveClock,
  payWith,
  signUp,
  test,
} from "./support";

test("a renewal that fails is seen, paid on its invoice's page, and over; a disputed payment is marked", async ({
  page,
  context,
}) => {
  test.setTimeout(90_000);
  const notices = page.getByRole("list", { name: "Notices" });
  const total = page.getByTestId("total-credits");

  await signUp(page);
  await page.getByRole("button", { name: "View Plans" }).first().click();
  await choosePlan(page, "Basic");
  await payWith(page, cards.failsAtRenewal);
  await expectPaid(page, "400");
  await moveClock("+32 days");

  await test.step("what failed, when it is tried again, and that there is nothing to spend", async () => {
    await page.goto("/dashboard");
    await expect(notices).toContainText(
      /Basic plan: the payment of \$9\.99 failed, .* It is tried again on \w+ \d+, \d+\./,
    );
    await expect(page.getByText("Payment overdue")).toBeVisible();
    await expect(total).toHaveText("0");
  });

  await test.step("another card pays on the page of the invoice", async () => {
    const opened = context.waitForEvent("page");
    await notices.getByRole("link", { name: "Pay now" }).click();
    const invoice = await opened;
    await fillCard(invoice, cards.pays);
    await invoice.getByRole("button", { name: "Pay this invoice" }).click();
    await expect(invoice.getByText("Paid", { exact: true }).first()).toBeVisible();
    await expect(invoice.getByLabel("Card number")).toHaveCount(0);
    await invoice.close();
  });

  await test.step("the notice is gone, the credits are there, and both payments are listed", async () => {
    await expectSoon(page, /^Renews on/);
    await expect(notices).toHaveCount(0);
    await expect(total).toHaveText("300");
    await page.goto("/dashboard/billing");
    await expect(page.getByRole("row", { name: /Basic plan .* Paid/ })).toHaveCount(2);
  });

  await test.step("a payment that its bank takes back is marked, and a notice says what is frozen", async () => {
    await page.goto("/dashboard");
    await page.getByRole("button", { name: "Buy 500 credits" }).click();
    await payWith(page, cards.isDisputed);
    await expectPaid(page, "800");
    await moveClock("+5 minutes");
    await page.goto("/dashboard/billing");
    await expect(page.getByRole("row", { name: /500 credits .* Disputed/ })).toBeVisible();
    await expect(notices).toContainText("500 credits: the payment of $5.00 is disputed with your bank.");
  });
});
