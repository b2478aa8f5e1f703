import "server-only";
import { isEntryKind } from "@/lib/credits/history-kinds";
import type { Words } from "@/lib/i18n/words";

/** These carry the words of the grant that they end or move, or of the work that they wait for: one more tells them apart. */
const endings = ["expiry", "rollover", "void", "hold", "capture"] as const;

/** What an entry is called: by its own words, else by those of its kind. */
export function describeEntry(words: Words<"history">, kind: string, description: string): string {
  if (description === "") return isEntryKind(kind) ? words(`kinds.${kind}`) : words("kinds.other");
  const ending = endings.find((one) => one === kind);
  return ending ? words(`endings.${ending}`, { description }) : description;
}
