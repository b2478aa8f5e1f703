import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";

/** The name goes where there is no room for it, and is still read aloud. */
export function Logo({ href, textClassName }: { href: Route; textClassName?: string }) {
  const words = useTranslations("frame");
  return (
    <Link href={href} className="flex h-10 items-center gap-2 rounded-md font-semibold tracking-tight">
      <svg viewBox="0 0 24 24" className="size-6 shrink-0" aria-hidden>
        <ellipse cx="12" cy="6.5" rx="8" ry="3.3" className="fill-subscription" />
        <path
          className="fill-foreground"
          d="M4 10.6c0 1.8 3.6 3.3 8 3.3s8-1.5 8-3.3V13c0 1.8-3.6 3.3-8 3.3S4 14.8 4 13zM4 16c0 1.8 3.6 3.3 8 3.3s8-1.5 8-3.3v2.4c0 1.8-3.6 3.3-8 3.3s-8-1.5-8-3.3z"
        />
      </svg>
      <span className={textClassName}>{words("name")}</span>
    </Link>
  );
}
