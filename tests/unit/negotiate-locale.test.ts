import { expect, test } from "vitest";
import { negotiateLocale } from "@/lib/i18n/negotiate-locale";

test("the first language that there are words for is taken, with its region", () => {
  expect(negotiateLocale("de-AT,en-GB;q=0.8,en;q=0.5")).toEqual({ language: "en", locale: "en-GB" });
  expect(negotiateLocale("en;q=0.5,en-AU")).toEqual({ language: "en", locale: "en-AU" });
});

test("who asks for none of them, or sends what is no language, reads American English", () => {
  for (const accepted of [null, "", "*", "de-AT,fr", "en_US", "%%%,;;;q=x"]) {
    expect(negotiateLocale(accepted)).toEqual({ language: "en", locale: "en-US" });
  }
});

test("a digit or a calendar that a client asks for is not taken", () => {
  expect(negotiateLocale("en-GB-u-nu-arab").locale).toBe("en-GB");
});
