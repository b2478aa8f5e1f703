import "server-only";
import type { getTranslations } from "next-intl/server";
import { isEntryKind } from "@/lib/credits/history-kinds";

/** These carry the words of the grant that they end or move, or of the work that they wait for: one more tells them apart. */
const endings = ["expiry", "rollover", "void", "hold", "capture"] as const;

/** What an entry is called: by its own words, else by those of its kind. */
export function describeEntry(
  words: Awaited<ReturnType<typeof getTranslations<"history">>>,
  kind: string,
  description: string,
): string {
  if (description === "") return isEntryKind(kind) ? words(`kinds.${kind}`) : words("kinds.other");
  const ending = endings.find((one) => one === kind);
  return ending ? words(`endings.${ending}`, { description }) : description;
}
