import { expect, test } from "vitest";
import { AppError, errorKinds, fromDatabase, sentenceOf, sqlStates } from "@/lib/errors";
import { outcome } from "@/lib/outcome";

test("a code becomes its kind, its status and its sentence; the database's own words stay behind", async () => {
  const error = fromDatabase({ code: "LCKEY", message: "secret detail" });
  expect([error.kind, error.status]).toEqual(["conflict", 409]);
  expect(await sentenceOf(error)).toMatch(/^This was sent before.*start anew\.$/);
});

test("every kind and every code of the database has a sentence for the user", async () => {
  const kinds = errorKinds.map((kind) => new AppError(kind));
  const codes = Object.keys(sqlStates).map((code) => fromDatabase({ code, message: "secret" }));
  for (const error of [...kinds, ...codes]) expect(await sentenceOf(error)).toMatch(/^[A-Z][^{}]{15,}\.$/);
});

test("an expired session asks to sign in, and what nobody knows is unavailable", () => {
  expect(fromDatabase({ code: "PGRST303", message: "" }).status).toBe(401);
  expect(fromDatabase({ code: "toString", message: "fetch failed" }).status).toBe(503);
});

test("an outcome holds an AppError's sentence with its numbers, and lets a bug pass", async () => {
  expect(await outcome(Promise.resolve(1))).toEqual({ ok: true, data: 1 });
  const short = new AppError("short", "creditsMissing", { values: { count: 1 } });
  const refused = await outcome(Promise.reject(short));
  const message = "There are not enough credits: 1 is missing.";
  expect(refused).toEqual({ ok: false, error: { kind: "short", message } });
  await expect(outcome(Promise.reject(new TypeError("bug")))).rejects.toThrow("bug");
});
