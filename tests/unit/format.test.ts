import { expect, test } from "vitest";
import {
  countCredits,
  formatCredits,
  formatDate,
  formatDateTime,
  formatDaysUntil,
  formatMoney,
  formatPrice,
  formatSignedCredits,
} from "@/lib/format";

test("credits have thousands separated, and a sign where they move", () => {
  expect(formatCredits(1250)).toBe("1,250");
  expect(formatSignedCredits(1000)).toBe("+1,000");
  expect(formatSignedCredits(-200)).toBe("\u2212200");
  expect(formatSignedCredits(0)).toBe("0");
});

test("one credit is one, and the others are many", () => {
  expect(countCredits(0)).toBe("0 credits");
  expect(countCredits(1)).toBe("1 credit");
  expect(countCredits(1250)).toBe("1,250 credits");
});

test("money keeps its cents, a price leaves them out when there are none", () => {
  expect(formatMoney(2999, "usd")).toBe("$29.99");
  expect(formatMoney(500, "usd")).toBe("$5.00");
  expect(formatPrice(500, "usd")).toBe("$5");
  expect(formatPrice(2999, "usd")).toBe("$29.99");
});

test("minor units are those of the currency", () => {
  expect(formatMoney(500, "jpy")).toBe("¥500");
  expect(formatMoney(12345, "kwd")).toContain("12.345");
});

test("dates are those of UTC, whatever the clock on the wall says", () => {
  expect(formatDate("2026-03-15T23:59:59.999Z")).toBe("Mar 15, 2026");
  expect(formatDate("2026-03-15T23:30:00-02:00")).toBe("Mar 16, 2026");
  expect(formatDateTime("2026-02-16T02:05:00Z")).toBe("Feb 16, 2026, 02:05");
  expect(formatDateTime("2026-02-16T00:05:00Z")).toBe("Feb 16, 2026, 00:05");
});

test("days until then are those of the calendar", () => {
  const from = "2026-02-10T12:00:00Z";
  expect(formatDaysUntil(from, "2026-02-10T23:00:00Z")).toBe("today");
  expect(formatDaysUntil(from, "2026-02-11T00:00:00Z")).toBe("tomorrow");
  expect(formatDaysUntil(from, "2026-02-16T11:59:59Z")).toBe("in 6 days");
});
