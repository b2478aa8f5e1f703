// The app as a visitor on this machine has it: its production build on a platform of its own, and Chromium.
import { type Browser, chromium, type Page } from "@playwright/test";
import lighthouse from "lighthouse";
import { accountIn } from "../local/account-states.ts";
import { type Account, openAccounts } from "../local/accounts.ts";
import { findChromium, startOwnPlatform } from "../local/browser.ts";
import { readEnvironment } from "../local/environment.ts";
import { freePorts } from "../local/ports.ts";
import { refusal } from "../local/steps.mjs";
import { median } from "./load.ts";
import { scriptKilobytes } from "./page-load.ts";

export type Pages = Awaited<ReturnType<typeof openPages>>;

const addresses = {
  login: "/login",
  pricing: "/pricing",
  overview: "/dashboard",
  usage: "/dashboard/usage",
  billing: "/dashboard/billing",
} as const;
type Name = keyof typeof addresses;

export async function openPages() {
  const executablePath = findChromium();
  if (!executablePath) throw refusal("The row `pages` needs Chromium: CHROMIUM_PATH names one");
  const platform = await startOwnPlatform("bench-web");
  const launch = (port: number) =>
    chromium.launch({ executablePath, args: ["--no-sandbox", `--remote-debugging-port=${port}`] });
  const browser = await launch(0);
  const account = await accountIn(openAccounts(readEnvironment(platform.env)), "rich");
  const cookie = account.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  /** The sign-in page is for strangers. */
  const visit = (name: Name): { url: string; headers: Record<string, string> } => ({
    url: platform.env.BASE_URL + addresses[name],
    headers: name === "login" ? {} : { Cookie: cookie },
  });
  return {
    names: ["login", "pricing", "overview", "usage", "billing"] as const,
    async lighthouse(name: Name, runs: number) {
      const { url, headers } = visit(name);
      const results: Judgement[] = [];
      for (let run = 0; run < runs; run++) {
        // Each of a browser's own, as a first visit is.
        const [port = 0] = await freePorts(1);
        const visitor = await launch(port);
        results.push(await judge(url, port, headers).finally(() => visitor.close()));
      }
      const middle = (pick: (result: Judgement) => number) => Math.round(median(results.map(pick)));
      return {
        performance: middle(({ performance }) => performance),
        accessibility: middle(({ accessibility }) => accessibility),
        bestPractices: middle(({ bestPractices }) => bestPractices),
        paints: middle(({ paints }) => paints),
        blocked: middle(({ blocked }) => blocked),
      };
    },
    async script(name: Name) {
      const { url, headers } = visit(name);
      return scriptKilobytes(await (await fetch(url, { headers })).text());
    },
    interactions: () => interactions(browser, platform.env.BASE_URL, account),
    async close() {
      await browser.close();
      await platform.stop();
    },
  };
}

type Judgement = Awaited<ReturnType<typeof judge>>;

/** A page asks for news as long as it is there: after that time Lighthouse waits no longer for it to be silent. */
const patience = { maxWaitForLoad: 15_000 };

async function judge(url: string, port: number, extraHeaders: Record<string, string>) {
  const onlyCategories = ["performance", "accessibility", "best-practices"];
  const look = () => lighthouse(url, { port, extraHeaders, onlyCategories, logLevel: "error", ...patience });
  // The browser's own recording fails now and then, and says so.
  const first = await look();
  const result = first?.lhr.runtimeError?.code === "NO_NAVSTART" ? await look() : first;
  if (!result) throw new Error(`Lighthouse says nothing of ${url}`);
  const { categories, audits, runtimeError } = result.lhr;
  if (runtimeError) throw new Error(`${url}: ${runtimeError.message}`);
  const score = (name: string) => 100 * (categories[name]?.score ?? 0);
  const number = (name: string) => audits[name]?.numericValue ?? 0;
  const failed = Object.values(audits).filter(({ score: points }) => points === 0);
  if (failed.length > 0) console.log(`    ${failed.map(({ id }) => id).join(", ")}`);
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    bestPractices: score("best-practices"),
    paints: number("first-contentful-paint"),
    blocked: number("total-blocking-time"),
  };
}

/** What a visitor does most, five times each; from the click to the frame that shows its effect. */
async function interactions(browser: Browser, baseURL: string, { cookies }: Account) {
  const context = await browser.newContext({ baseURL });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const layer = page.locator("[role=dialog]:visible");
  const button = (name: string | RegExp) => async () => {
    await page.getByRole("button", { name }).first().click();
    await layer.waitFor();
  };
  const measured = [];
  await page.goto(addresses.overview, { waitUntil: "load" });
  measured.push({ what: "account menu", ms: await slowest(page, button("Account")) });
  let turn = 0;
  const theme = async () => {
    await button("Account")();
    await page
      .getByRole("radio")
      .nth(turn++ % 2)
      .check();
  };
  measured.push({ what: "light and dark", ms: await slowest(page, theme) });
  await page.goto(addresses.billing, { waitUntil: "load" });
  measured.push({ what: "dialog of plans", ms: await slowest(page, button("Upgrade Plan")) });
  measured.push({ what: "dialog of cancelling", ms: await slowest(page, button("Cancel subscription")) });
  await page.goto(addresses.pricing, { waitUntil: "load" });
  const radio = (name: string) => page.getByRole("radio", { name });
  const change = async () =>
    ((await radio("Yearly").isChecked()) ? radio("Monthly") : radio("Yearly")).click();
  measured.push({ what: "by the month or year", ms: await slowest(page, change) });
  await context.close();
  return measured;
}

async function slowest(page: Page, act: () => Promise<unknown>) {
  await page.evaluate(() => {
    const shorterThanUsual = { type: "event", durationThreshold: 16 };
    window.slowest = 16; // nothing shorter is told of
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.slowest = Math.max(window.slowest, duration);
    }).observe(shorterThanUsual);
  });
  for (let time = 0; time < 5; time++) {
    await act();
    await page.keyboard.press("Escape");
    await page.locator("[role=dialog]:visible").waitFor({ state: "hidden" });
  }
  // Entries come with the frame after the one that they tell of.
  return page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(window.slowest)))),
      ),
  );
}

declare global {
  interface Window {
    slowest: number;
  }
}
