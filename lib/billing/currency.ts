import "server-only";
import { cookies, headers } from "next/headers";
import { z } from "zod";
import { getUser } from "@/lib/auth/get-user";
import { AppError } from "@/lib/errors";
import { rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/** `isFixed`: the account has a plan or has paid, and stays with it. */
export type Currency = { currency: string; isFixed: boolean };

/** What prices are in where nobody has said otherwise; the catalog's tables begin with it, too. */
export const firstCurrency = "usd";
const cookie = "currency";
const Choice = z.strictObject({ currency: z.string().regex(/^[a-z]{3}$/) });
const euro = new Set(
  "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK AD MC SM VA ME XK".split(" "),
);
const pound = new Set(["GB", "GG", "IM", "JE"]);

/** In which of these is this visitor shown prices? The account's own, else what was chosen here, else the country's. */
export async function getCurrency(sold: string[]): Promise<Currency> {
  const account = (await getUser()) ? (await rows((await userClient()).rpc("get_currency")))[0] : undefined;
  if (account?.is_fixed) return { currency: account.currency, isFixed: true };
  const chosen = (await cookies()).getAll().find(({ name }) => name === cookie)?.value;
  const wished = [account?.currency, chosen, currencyOf(await countryOf()), firstCurrency];
  const currency = wished.find((one) => one && sold.includes(one)) ?? sold[0] ?? firstCurrency;
  return { currency, isFixed: false };
}

/** Kept in the browser, and for whoever is signed in with the account. */
export async function chooseCurrency(given: unknown): Promise<void> {
  const choice = Choice.safeParse(given);
  if (!choice.success) throw new AppError("invalid", "currencyNotShown");
  const { currency } = choice.data;
  if (await getUser()) await rows((await userClient()).rpc("set_currency", { currency }));
  const year = 365 * 24 * 3600;
  (await cookies()).set(cookie, currency, { maxAge: year, sameSite: "lax", httpOnly: true, path: "/" });
}

/** As the host in front of the app says, else the region of the browser's first language. */
async function countryOf(): Promise<string> {
  const sent = await headers();
  const country = sent.get("x-vercel-ip-country") ?? sent.get("cf-ipcountry");
  return country ?? /^\s*[a-z]{2,3}-([A-Z]{2})\b/i.exec(sent.get("accept-language") ?? "")?.[1] ?? "";
}

function currencyOf(country: string): string {
  const code = country.toUpperCase();
  if (euro.has(code)) return "eur";
  return pound.has(code) ? "gbp" : firstCurrency;
}
