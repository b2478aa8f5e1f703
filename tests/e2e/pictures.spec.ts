// Pictures of all there is, to be looked at: PICTURES=/tmp/pictures npm run ... writes each page and what opens on it, in
// every state, size and theme, and a sheet with all of them. SCREENSHOTS=1 writes the few that the guide shows.
import fs from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import type { AccountState } from "../../local/account-states";
import { opened, type PageName, pages, setTheme, settled, sizes, themes } from "./places";
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
    await settled(page);
    const file = path.join(folder ?? "", `${name}-${theme}.png`);
    await page.screenshot({ path: file, fullPage: (await page.getByRole("dialog").count()) === 0 });
  }
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

test("the pictures of the guide", async ({ page, signInAs }) => {
  test.skip(!process.env.SCREENSHOTS, "SCREENSHOTS=1 writes docs/guide/images");
  test.setTimeout(120_000);
  await signInAs("rich");
  await page.setViewportSize(sizes.desktop);
  for (const name of everywhere) {
    await page.goto(pages[name]);
    await setTheme(page, "light");
    await settled(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.screenshot({ path: `docs/guide/images/${name}.png`, fullPage: name !== "playground" });
  }
});
