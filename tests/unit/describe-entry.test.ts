import { getTranslations } from "next-intl/server";
import { expect, test } from "vitest";
import { describeEntry } from "@/lib/credits/describe-entry";
import { allGroups, kindGroups } from "@/lib/credits/history-kinds";
import { en } from "@/messages/en";

const words = await getTranslations("history");

test("an expiry says that it is one; other entries speak for themselves", () => {
  expect(describeEntry(words, "grant", "Basic plan credits")).toBe("Basic plan credits");
  expect(describeEntry(words, "spend", "Poster, A2")).toBe("Poster, A2");
  expect(describeEntry(words, "expiry", "Basic plan credits")).toBe("Basic plan credits, expired");
});

test("what moves or voids the credits of a grant says so too", () => {
  expect(describeEntry(words, "rollover", "Basic plan credits")).toBe("Basic plan credits, rolled over");
  expect(describeEntry(words, "void", "Welcome")).toBe("Welcome, voided");
});

test("what is only set aside for work does not read like its charge", () => {
  expect(describeEntry(words, "hold", "Poster, A2")).toBe("Poster, A2, set aside");
  expect(describeEntry(words, "capture", "Poster, A2")).toBe("Poster, A2, settled");
});

test("an entry that nobody gave words has those of its kind, also of a kind that is not known here", () => {
  expect(describeEntry(words, "expiry", "")).toBe("Expired credits");
  expect(describeEntry(words, "clawback", "")).toBe("Refunded");
  expect(describeEntry(words, "novelty", "")).toBe("Credits");
});

test("each kind has words, a sentence, and one filter that finds it", () => {
  const kinds = allGroups.flatMap((group) => [...kindGroups[group]]).sort();
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(Object.keys(en.history.kinds).sort()).toEqual([...kinds, "other"].sort());
  expect(Object.keys(en.history.drawer.sentences).sort()).toEqual([...kinds, "other"].sort());
  expect(Object.keys(en.history.groups)).toEqual(allGroups);
});
