import type { Route } from "next";
import Link from "next/link";
import { Button } from "@/components/ui/button";

/** Pages by key: there is an older page or not, and always the way back to the newest. */
export function Pager({ newest, older }: { newest: Route | null; older: Route | null }) {
  if (!newest && !older) return null;
  return (
    <nav aria-label="Pages" className="mt-5 flex justify-between">
      {newest ? (
        <Button asChild variant="outline" size="sm">
          <Link href={newest}>Newest</Link>
        </Button>
      ) : (
        <span />
      )}
      {older && (
        <Button asChild variant="outline" size="sm">
          <Link href={older}>Older</Link>
        </Button>
      )}
    </nav>
  );
}
