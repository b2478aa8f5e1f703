// The HTTP API as a caller meets it: the real routes, and every answer held to the OpenAPI document.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import type { ErrorKind } from "@/lib/errors";
import { openApi } from "@/lib/http/openapi";
import { sendNothing, sent } from "./cookies";

type Handler = (request: Request) => Promise<Response>;
type Asked = { body?: unknown; headers?: Record<string, string> };
type Answer = { status: number; headers: Headers; body: unknown };

export const document = openApi();
export const site = "http://site.test";

const folder = path.resolve(import.meta.dirname, "../../app/api");
const files = fs
  .readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts");

/** What each address exports, by its path. */
export const routes = new Map<string, Record<string, Handler>>(
  await Promise.all(
    files.map(async (file) => [`/api/${path.dirname(file)}`, await import(path.join(folder, file))] as const),
  ),
);

const ajv = new Ajv2020({ strict: false, formats: { "date-time": true, date: true, uri: true } });
ajv.addSchema(document, "openapi");

const params = { picture: "lake-at-dusk", size: "draft", light: "balanced", colour: "keep", detail: "keep" };
/** Costs 60 credits. */
export const draft = { operation: "enhance_image", params };
export const newKey = () => ({ "idempotency-key": `task-${randomUUID()}` });
export const code = (kind: ErrorKind) =>
  expect.objectContaining({ error: expect.objectContaining({ code: kind }) });
export const balance = async () =>
  ((await ask("GET", "/api/credits/balance")).body as { total: number }).total;

/** From one of our own pages, unless the headers say otherwise. */
export async function ask(
  method: string,
  address: string,
  { body, headers = {} }: Asked = {},
): Promise<Answer> {
  const url = new URL(address, site);
  const init = { method, headers: { ...(method === "GET" ? {} : { origin: site }), ...headers } };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(url, text === undefined ? init : { ...init, body: text });
  for (const [name, value] of request.headers) sent.set(name, value);
  const handler = routes.get(url.pathname)?.[method];
  if (!handler) throw new Error(`there is no ${method} ${url.pathname}`);
  const response = await handler(request);
  const answer = { status: response.status, headers: response.headers, body: await bodyOf(response) };
  sendNothing();
  expectAsDocumented(method, url.pathname, answer);
  return answer;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return response.headers.get("content-type") === "application/json" ? JSON.parse(text) : text;
}

function expectAsDocumented(method: string, address: string, { status, headers, body }: Answer) {
  expect(headers.get("cache-control")).toBe("private, no-store");
  expect(headers.get("access-control-allow-origin")).toBeNull();
  const item = document.paths[address]?.[method.toLowerCase()];
  if (!item) return expect([status, method, address]).toEqual([405, method, address]);
  expect([Object.keys(item.responses), method, address]).toEqual([
    expect.arrayContaining([String(status)]),
    method,
    address,
  ]);
  const pointer = [
    "paths",
    address,
    method.toLowerCase(),
    "responses",
    status,
    "content",
    "application/json",
  ];
  const type = headers.get("content-type");
  if (type !== "application/json") return;
  const names = [...pointer, "schema"].map((name) => encodeURIComponent(String(name).replaceAll("/", "~1")));
  expect(
    ajv.validate({ $ref: `openapi#/${names.join("/")}` }, body),
    `${ajv.errorsText()} ${JSON.stringify(body)}`,
  ).toBe(true);
}
