import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";

/** Pages by key: where there is an older or a newer one, and from both the way to the newest. */
export function Pager({
  newest,
  newer = null,
  older,
}: {
  newest: Route | null;
  newer?: Route | null;
  older: Route | null;
}) {
  const words = useTranslations("common");
  if (!newest && !newer && !older) return null;
  return (
    <nav aria-label={words("pages")} className="mt-5 flex justify-between gap-2 print:hidden">
      <span className="flex gap-2">
        {newest && <PageLink href={newest}>{words("newest")}</PageLink>}
        {newer && <PageLink href={newer}>{words("newer")}</PageLink>}
      </span>
      {older && <PageLink href={older}>{words("older")}</PageLink>}
    </nav>
  );
}

function PageLink({ href, children }: { href: Route; children: React.ReactNode }) {
  return (
    <Button asChild variant="outline" size="sm">
      <Link href={href} scroll={false}>
        {children}
      </Link>
    </Button>
  );
}
