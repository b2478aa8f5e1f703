import { expect, test } from "vitest";
import { formatsFor } from "@/lib/format";

const format = formatsFor("en-US");

test("credits have thousands separated, and a sign where they move", () => {
  expect(format.number(1250)).toBe("1,250");
  expect(format.signed(1000)).toBe("+1,000");
  expect(format.signed(-200)).toBe("\u2212200");
  expect(format.signed(0)).toBe("0");
});

test("money keeps its cents, a price leaves them out when there are none", () => {
  expect(format.money(2999, "usd")).toBe("$29.99");
  expect(format.money(500, "usd")).toBe("$5.00");
  expect(format.price(500, "usd")).toBe("$5");
  expect(format.price(2999, "usd")).toBe("$29.99");
});

test("minor units are those of the currency", () => {
  expect(format.money(500, "jpy")).toBe("¥500");
  expect(format.money(12345, "kwd")).toContain("12.345");
});

test("dates are those of UTC, whatever the clock on the wall says", () => {
  expect(format.date("2026-03-15T23:59:59.999Z")).toBe("Mar 15, 2026");
  expect(format.date("2026-03-15T23:30:00-02:00")).toBe("Mar 16, 2026");
  expect(format.dateTime("2026-02-16T02:05:00Z")).toBe("Feb 16, 2026, 02:05");
  expect(format.dateTime("2026-02-16T00:05:00Z")).toBe("Feb 16, 2026, 00:05");
});

test("days until then are those of the calendar, and never past", () => {
  const from = "2026-02-10T12:00:00Z";
  expect(format.daysUntil(from, "2026-02-10T23:00:00Z")).toBe("today");
  expect(format.daysUntil(from, "2026-02-11T00:00:00Z")).toBe("tomorrow");
  expect(format.daysUntil(from, "2026-02-16T11:59:59Z")).toBe("in 6 days");
  expect(format.daysUntil(from, "2026-02-09T00:00:00Z")).toBe("today");
});

test("each country reads them in its own way", () => {
  expect(formatsFor("en-GB").date("2026-03-03T00:00:00Z")).toBe("3 Mar 2026");
  expect(formatsFor("de").number(1250)).toBe("1.250");
  expect(formatsFor("de").money(2999, "eur")).toBe("29,99\u00a0€");
});

test("a range of dates ends before the instant at which it is over", () => {
  expect(format.dateRange("2026-10-24T00:00:00Z", "2026-11-23T00:00:00Z")).toBe(
    "Oct 24\u2009–\u2009Nov 22, 2026",
  );
});

test("a difference has a sign, an average at most hundredths, an hour its minutes", () => {
  expect([0.1234, -0.5, 0].map(format.signedPercent)).toEqual(["+12%", "−50%", "0%"]);
  expect([format.average(72.456), format.hour(9), format.weekday(7, "short")]).toEqual([
    "72.46",
    "09:00",
    "Sun",
  ]);
});
