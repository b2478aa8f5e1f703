import { expect, test } from "vitest";
import { describeEntry } from "@/lib/credits/describe-entry";

test("an expiry says that it is one; other entries speak for themselves", () => {
  expect(describeEntry("grant", "Basic plan credits")).toBe("Basic plan credits");
  expect(describeEntry("spend", "Poster, A2")).toBe("Poster, A2");
  expect(describeEntry("expiry", "Basic plan credits")).toBe("Basic plan credits, expired");
});

test("what moves or voids the credits of a grant says so too", () => {
  expect(describeEntry("rollover", "Basic plan credits")).toBe("Basic plan credits, rolled over");
  expect(describeEntry("void", "Welcome")).toBe("Welcome, voided");
});

test("an entry that nobody gave words has those of its kind, also of a kind that is not known here", () => {
  expect(describeEntry("expiry", "")).toBe("Expired credits");
  expect(describeEntry("clawback", "")).toBe("Refunded");
  expect(describeEntry("novelty", "")).toBe("Credits");
});
