import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { getUser } from "@/lib/auth/get-user";
import { openPortal } from "@/lib/billing/open-portal";
import { startCheckout } from "@/lib/billing/start-checkout";
import { AppError } from "@/lib/errors";
import { answer } from "@/lib/http/answer";
import { type TestApp, testApp } from "../support/app";
import { jar } from "../support/cookies";

vi.mock("next/headers", () => import("../support/cookies"));

let api: TestApp;
beforeAll(async () => {
  api = await testApp();
});
afterAll(() => api.close());
beforeEach(() => api.signUp());

const checkout = () => startCheckout({ lookup_key: "nothing" }, "an-intent-of-a-test");

test("case 73: the sixth checkout in a minute is refused with the time to wait, for this user only", async () => {
  for (let turn = 1; turn <= 5; turn++) await expect(checkout()).rejects.toMatchObject({ kind: "unknown" });
  const refused = await checkout().catch((error: AppError) => error);
  expect(refused).toMatchObject({ kind: "too_many", status: 429 });
  expect((refused as AppError).retryAfter).toBeGreaterThan(0);
  expect((refused as AppError).retryAfter).toBeLessThanOrEqual(60);
  await api.signUp();
  await expect(checkout()).rejects.toMatchObject({ kind: "unknown" });
});

test("case 73: the portal has turns of its own", async () => {
  for (let turn = 1; turn <= 5; turn++) await expect(openPortal()).rejects.toMatchObject({ kind: "unknown" });
  await expect(openPortal()).rejects.toMatchObject({ kind: "too_many" });
  await expect(checkout()).rejects.toMatchObject({ kind: "unknown" });
});

test("over HTTP that is 429, and says when to come again", async () => {
  const response = await answer(() => {
    throw new AppError("too_many", undefined, { retryAfter: 7 });
  });
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("7");
  expect((await answer(() => Promise.reject(new AppError("invalid")))).headers.get("retry-after")).toBeNull();
});

test("case 76: whoever signs in gets a session of their own, whatever cookie was planted before", async () => {
  const planted = new Map(jar);
  const victim = await getUser();
  await api.signUp();
  expect((await getUser())?.id).not.toBe(victim?.id);
  expect(jar.get("sb-stack-auth-token")).not.toBe(planted.get("sb-stack-auth-token"));
});

test("case 76: a cookie whose session was altered, or whose signature is another's, is nobody", async () => {
  const name = "sb-stack-auth-token";
  const session = JSON.parse(Buffer.from((jar.get(name) ?? "").slice(7), "base64url").toString());
  const [header, , signature] = session.access_token.split(".");
  const claims = { sub: "00000000-0000-4000-8000-000000000001", role: "service_role", exp: 4102444800 };
  const forged = [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
  const altered = { ...session, access_token: forged, refresh_token: "nobody's" };
  jar.set(name, `base64-${Buffer.from(JSON.stringify(altered)).toString("base64url")}`);
  expect(await getUser()).toBeNull();
  await expect(checkout()).rejects.toMatchObject({ kind: "signed_out" });
});
