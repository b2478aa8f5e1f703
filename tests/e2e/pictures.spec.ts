// Pictures of all there is, to be looked at: PICTURES=/tmp/pictures npm run ... writes each page and what opens on it, in
// every state, size and theme, and a sheet with all of them. SCREENSHOTS=1 writes the few that the guide shows.
import fs from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import type { AccountState } from "../../local/account-states";
import { layers, opened, type PageName, pages, setTheme, settled, sizes, themes } from "./places";
import { expect, test } from "./support";

const folder = process.env.PICTURES;
const everywhere: PageName[] = ["overview", "usage", "billing", "pricing", "playground"];
const states: Record<AccountState | "signedOut", PageName[]> = {
  signedOut: ["home", "login", "signUp", "pricing", "missing"],
  empty: everywhere,
  beginner: everywhere,
  rich: [...everywhere, "change", "noPayment", "notPaid", "missing"],
  trial: everywhere,
  pastDue: ["overview", "billing", "pricing"],
  cancelled: ["overview", "billing", "pricing"],
  paused: ["overview", "billing", "pricing"],
  inDebt: ["overview", "usage", "billing"],
  erased: ["overview", "usage", "billing"],
};

test.use({ trace: "off" });

test.describe("all pictures", () => {
  test.skip(!folder, "PICTURES names a folder");
  for (const [state, names] of Object.entries(states) as [keyof typeof states, PageName[]][])
    test(`pictures of an account that is ${state}`, async ({ page, signInAs }) => {
      test.setTimeout(600_000);
      if (state !== "signedOut") await signInAs(state);
      for (const name of names) {
        await page.goto(pages[name]);
        for (const viewport of Object.values(sizes)) {
          await page.setViewportSize(viewport);
          const take = (what: string) => inThemes(page, `${state}-${what}-${viewport.width}`);
          await take(name);
          for await (const layer of opened(page)) await take(`${name}-${slug(layer)}`);
        }
      }
    });
  test.afterAll(writeSheet);
});

async function inThemes(page: Page, name: string) {
  for (const theme of themes) {
    await setTheme(page, theme);
    fs.writeFileSync(path.join(folder ?? "", `${name}-${theme}.png`), await photograph(page));
  }
}

/** Of the whole page, as in a window that is as high, so that what stands beside it is whole as well; a layer as it opens. */
async function photograph(page: Page, mostHeight = 12_000) {
  const before = page.viewportSize() ?? sizes.desktop;
  const isOpen = await page.locator(`${layers}:visible`).first().isVisible();
  const height = isOpen ? before.height : await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...before, height: Math.min(height, mostHeight) });
  await settled(page);
  const picture = await page.screenshot();
  await page.setViewportSize(before);
  return picture;
}

const slug = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

/** Each worker writes it anew with what there is by then. */
function writeSheet() {
  if (!folder) return;
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(".png"));
  const figures = files.map(
    (file) =>
      `<figure><a href="${file}"><img loading="lazy" src="${file}"></a><figcaption>${file}</figcaption></figure>`,
  );
  const style =
    "body{font:13px system-ui;display:flex;flex-wrap:wrap;gap:16px}img{height:360px;border:1px solid #999}figure{margin:0}";
  fs.writeFileSync(
    path.join(folder, "index.html"),
    `<!doctype html><title>Pictures</title><style>${style}</style>${figures.join("\n")}\n`,
  );
}

type Shown = { page: PageName; theme?: (typeof themes)[number]; entry?: string; height?: number };
/** Each as its file is called, no higher than what is told of it; an entry is a task of the history, and is opened. */
const guide: Partial<Record<AccountState, Record<string, Shown>>> = {
  empty: { "first-steps": { page: "overview" } },
  rich: {
    overview: { page: "overview" },
    "overview-dark": { page: "overview", theme: "dark" },
    usage: { page: "usage", height: 1_420 },
    explain: { page: "usage", entry: "picture-3-1" },
    billing: { page: "billing" },
    change: { page: "change" },
    pricing: { page: "pricing", height: 1_460 },
    playground: { page: "playground" },
  },
};

test("the pictures of the guide", async ({ page, signInAs }) => {
  test.skip(!process.env.SCREENSHOTS, "SCREENSHOTS=1 writes docs/guide/images");
  test.setTimeout(300_000);
  await page.setViewportSize(sizes.desktop);
  for (const [state, pictures] of Object.entries(guide) as [AccountState, Record<string, Shown>][]) {
    await signInAs(state);
    for (const [name, { page: at, theme = "light", entry, height }] of Object.entries(pictures)) {
      await page.goto(pages[at]);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await setTheme(page, theme);
      if (entry) {
        await page.getByRole("row").filter({ hasText: entry }).getByRole("link").click();
        await expect(page.getByRole("dialog").getByText("What it cost")).toBeVisible();
      }
      const picture = await photograph(page, height);
      await sharp(picture).png({ palette: true }).toFile(`docs/guide/images/${name}.png`);
    }
  }
});
