import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** Pages by key: there is an older page or not, and always the way back to the newest. */
export function Pager({ newest, older }: { newest: Route | null; older: Route | null }) {
  const words = useTranslations("common");
  if (!newest && !older) return null;
  return (
    <nav aria-label={words("pages")} className="mt-5 flex justify-between">
      {newest ? (
        <Button asChild variant="outline" size="sm">
          <Link href={newest}>{words("newest")}</Link>
        </Button>
      ) : (
        <span />
      )}
      {older && (
        <Button asChild variant="outline" size="sm">
          <Link href={older}>{words("older")}</Link>
        </Button>
      )}
    </nav>
  );
}
