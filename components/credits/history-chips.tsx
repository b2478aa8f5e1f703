import { X } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";

type Chip = { label: string; without: Route };

/** Each filter in force, with the address of the same history without it. */
export function HistoryChips({ chips, clear }: { chips: Chip[]; clear: Route }) {
  const words = useTranslations("history");
  if (chips.length === 0) return null;
  return (
    <ul className="mb-4 flex flex-wrap items-center gap-2 text-caption">
      {chips.map(({ label, without }) => (
        <li key={label} className="max-w-full">
          <Link
            href={without}
            scroll={false}
            aria-label={words("remove", { filter: label })}
            className="flex h-8 max-w-full items-center gap-1.5 rounded-full border bg-muted pr-2 pl-3 hover:border-muted-foreground/50"
          >
            <bdi className="truncate">{label}</bdi>
            <X className="size-3.5 shrink-0 text-muted-foreground print:hidden" aria-hidden />
          </Link>
        </li>
      ))}
      <li className="print:hidden">
        <Link href={clear} scroll={false} className="px-2 text-muted-foreground hover:text-foreground">
          {words("clear")}
        </Link>
      </li>
    </ul>
  );
}
