// Nothing for axe to find: on each page and in all that opens on it, narrow and wide, light and dark.
import type { Page } from "@playwright/test";
import axe from "axe-core";
import { extendTailwindMerge } from "tailwind-merge";
import type { AccountState } from "../../local/account-states";
import { layers, opened, type PageName, pages, setTheme, settled, sizes, themes } from "./places";
import { expect, test } from "./support";

const tabs: PageName[] = ["overview", "usage", "billing"];

/** Nearly all there is the rich account has; the others are looked at where they differ from it. */
const looks: [state: AccountState | "signed out", names: PageName[]][] = [
  ["signed out", ["home", "login", "signUp", "pricing"]],
  ["rich", tabs],
  ["rich", ["pricing", "playground", "change", "noPayment", "notPaid", "missing"]],
  ["empty", [...tabs, "playground"]],
  ["trial", ["overview", "billing"]],
  ["pastDue", ["overview", "billing"]],
  ["cancelled", ["billing"]],
  ["paused", ["overview", "billing"]],
  ["inDebt", ["overview", "billing"]],
  ["erased", tabs],
];

test.use({ trace: "off" }); // a picture of each step takes longer than the step

for (const [state, names] of looks)
  test(`axe finds nothing for who is ${state} on ${names.join(", ")}, nor in what opens there`, async ({
    page,
    signInAs,
  }) => {
    test.setTimeout(120_000);
    if (state !== "signed out") await signInAs(state);
    const found: string[] = [];
    const isWhole = state === "rich" || state === "signed out";
    const seen = { phone: new Set<string>(), desktop: new Set<string>() };
    for (const name of names) {
      await page.goto(pages[name]);
      await page.evaluate(axe.source);
      for (const size of ["phone", "desktop"] as const) {
        const look = async (where: string, within: string) => {
          found.push(
            ...(await contradictions(page, within)).map((classes) => `${where}, ${size}: ${classes}`),
          );
          const shown = isWhole ? themes : size === "phone" ? (["light"] as const) : (["dark"] as const);
          for (const theme of shown) {
            const violations = await violationsIn(page, theme, within);
            found.push(...violations.map((violation) => `${where}, ${size}, ${theme}: ${violation}`));
          }
        };
        await page.setViewportSize(sizes[size]);
        await look(name, "html");
        for await (const layer of opened(page, seen[size])) await look(`${name}, ${layer}`, layers);
      }
    }
    expect(found).toEqual([]);
  });

const merge = extendTailwindMerge({ extend: { theme: { text: ["caption"] } } });

/** Of two classes that set the same thing the stylesheet chooses one, whatever their writer meant. */
async function contradictions(page: Page, within: string): Promise<string[]> {
  const classes = await page
    .locator(`${within} [class]`)
    .evaluateAll((elements) => [...new Set(elements.map((element) => element.classList.value))]);
  return classes.filter((list) => merge(list) !== list);
}

/** What is new in the dark theme are its colours. */
async function violationsIn(page: Page, theme: (typeof themes)[number], within: string): Promise<string[]> {
  await setTheme(page, theme);
  await settled(page);
  return page.evaluate(run, { within, only: theme === "dark" ? ["color-contrast"] : [] });
}

/** In the page; without rules all are asked. */
async function run({ within, only }: { within: string; only: string[] }): Promise<string[]> {
  const some = only.length > 0 ? { runOnly: only } : {};
  const { violations } = await window.axe.run(within, {
    resultTypes: ["violations"],
    preload: false,
    ...some,
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
