import { expect, test } from "vitest";
import { AppError, fromDatabase } from "@/lib/errors";
import { outcome } from "@/lib/outcome";

test("a code becomes its kind, its status and a sentence; the database's own words stay behind", () => {
  const error = fromDatabase({ code: "LCKEY", message: "secret detail" });
  expect([error.kind, error.status]).toEqual(["conflict", 409]);
  expect(error.message).not.toContain("secret");
});

test("an expired session asks to sign in, and what nobody knows is unavailable", () => {
  expect(fromDatabase({ code: "PGRST303", message: "" }).status).toBe(401);
  expect(fromDatabase({ code: "", message: "fetch failed" }).status).toBe(503);
});

test("an outcome holds an AppError's sentence, and lets a bug pass", async () => {
  expect(await outcome(Promise.resolve(1))).toEqual({ ok: true, data: 1 });
  const refused = await outcome(Promise.reject(new AppError("short", "Too few.")));
  expect(refused).toEqual({ ok: false, error: { kind: "short", message: "Too few." } });
  await expect(outcome(Promise.reject(new TypeError("bug")))).rejects.toThrow("bug");
});
