import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ChangeBlock } from "@/lib/billing/change-block";

/** Why no other plan can be chosen now, and the way to where that is settled. */
export function BlockNotice({ block }: { block: ChangeBlock }) {
  const words = useTranslations("billing.block");
  return (
    <Notice tone="neutral" className="mt-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72">{words(block)}</p>
        <Button asChild size="sm" variant="outline">
          <Link href="/dashboard/billing">{words("toBilling")}</Link>
        </Button>
      </div>
    </Notice>
  );
}
