import { expect, test } from "vitest";
import { pages } from "@/lib/auth/return-path";
import { openApi } from "@/lib/http/openapi";
import nextConfig from "../../next.config.mjs";
import { read } from "./chapters";

const page = read("docs/http-api.md");
const rowsOf = (heading: string) => {
  const section = page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^\| `(.*?)` \|.*?(?:`([^`]*)` )?\|$/gm)];
};

test("the OpenAPI document is the one that is committed", async () => {
  await expect(`${JSON.stringify(openApi(), null, 2)}\n`).toMatchFileSnapshot("../../docs/openapi.json");
});

test("the page lists every route of the document, and no other", () => {
  const listed = rowsOf("Routes").flatMap(([, route = ""]) => (route.includes(" /api/") ? [route] : []));
  const routes = Object.entries(openApi().paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed.sort()).toEqual(routes.sort());
});

test("the page lists every other name, and where it leads", async () => {
  const listed = rowsOf("What the requirements call them").map(([, from, to]) => `${from} -> ${to}`);
  const pairs = [...(await nextConfig.rewrites()), ...(await nextConfig.redirects())];
  expect(listed.sort()).toEqual(pairs.map(({ source, destination }) => `${source} -> ${destination}`).sort());
});

test("another name of a page leads to a page, of a route to a route", async () => {
  for (const { destination } of await nextConfig.redirects())
    expect(pages).toContain(destination.split("#", 1)[0]);
  const routes = Object.keys(openApi().paths);
  for (const { source, destination } of await nextConfig.rewrites()) {
    expect(routes).toContain(destination);
    expect(routes).not.toContain(source);
  }
});
