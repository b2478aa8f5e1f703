import type { Route } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { HistoryChoice } from "@/lib/credits/history-page";
import { formatsFor } from "@/lib/format";

/** The filters in force, in words, each with the address without it. */
export async function chipsOf(
  choice: HistoryChoice,
  operations: { value: string; label: string }[],
  query: URLSearchParams,
) {
  const words = await getTranslations("history");
  const { date } = formatsFor(await getLocale());
  const nameOf = (key: string) => operations.find(({ value }) => value === key)?.label ?? key;
  const { kinds, from, to, search } = choice;
  const found: [name: string, value: string, label: string][] = [
    ...kinds.map((kind): [string, string, string] => ["kind", kind, words(`groups.${kind}`)]),
    ...choice.operations.map((key): [string, string, string] => ["operation", key, nameOf(key)]),
  ];
  if (from) found.push(["from", from, words("fromDay", { date: date(from) })]);
  if (to) found.push(["to", to, words("toDay", { date: date(to) })]);
  if (search) found.push(["search", search, words("withText", { text: search })]);
  return found.map(([name, value, label]) => ({ label, without: without(query, name, value) }));
}

function without(query: URLSearchParams, name: string, value: string): Route {
  const isOther = ([other, text]: [string, string]) => other !== name || text.trim() !== value;
  const rest = new URLSearchParams([...query].filter(isOther));
  return rest.size > 0 ? `/dashboard/usage?${rest}` : "/dashboard/usage";
}
