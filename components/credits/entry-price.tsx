import { useTranslations } from "next-intl";
import { EntrySection } from "@/components/credits/entry-section";
import { useFormats } from "@/components/use-formats";
import type { ExplainedEntry } from "@/lib/credits/explain-entry";

/** What the database calls what the least, the most and rounding have changed. */
const limits = { "at least": "atLeast", "at most": "atMost", "rounded up": "roundedUp" } as const;

/** Of a hold it is what the work may cost: nothing is charged yet. */
export function EntryPrice({ parts, isHeld }: { parts: ExplainedEntry["price"]; isHeld: boolean }) {
  const words = useTranslations("history.drawer");
  const { decimal } = useFormats();
  const sum = parts.reduce((total, part) => total + part.credits, 0);
  return (
    <EntrySection title={words(isHeld ? "priceAtMost" : "price")}>
      <ul className="space-y-2">
        {parts.map(({ name, value, credits }) => (
          <li key={name} className="flex justify-between gap-4">
            <span className="min-w-0 [overflow-wrap:anywhere]" dir="auto">
              {isLimit(name) ? words(limits[name]) : (value ?? name)}
            </span>
            <span className="tabular-nums">{decimal(credits)}</span>
          </li>
        ))}
        <li className="flex justify-between gap-4 border-t pt-2 font-medium">
          <span>{words(isHeld ? "sumSetAside" : "sum")}</span>
          <span className="tabular-nums">{decimal(sum)}</span>
        </li>
      </ul>
    </EntrySection>
  );
}

const isLimit = (name: string): name is keyof typeof limits => Object.hasOwn(limits, name);
