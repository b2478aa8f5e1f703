import { expect, test } from "vitest";
import { describeEntry } from "@/lib/credits/describe-entry";

test("an expiry says that it is one; other entries speak for themselves", () => {
  expect(describeEntry("grant", "Basic plan credits")).toBe("Basic plan credits");
  expect(describeEntry("spend", "Poster, A2")).toBe("Poster, A2");
  expect(describeEntry("expiry", "Basic plan credits")).toBe("Basic plan credits, expired");
  expect(describeEntry("expiry", "")).toBe("Expired credits");
});
