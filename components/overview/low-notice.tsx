import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/components/use-formats";
import type { Credits } from "@/lib/overview/get-credits";

/** Little or nothing is left: when more comes by itself, and where more can be had now. */
export function LowNotice({ credits: { level, more, refill, parts } }: { credits: Credits }) {
  const t = useTranslations("overview.low");
  const { number, date } = useFormats();
  const isFrozen = parts.some(({ kind, credits }) => kind === "frozen" && credits > 0);
  const is = level === "low" ? "little" : isFrozen ? "frozen" : "nothing";
  return (
    <Notice tone="warning" icon={<TriangleAlert aria-hidden />} className="[&>svg]:mt-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-64 py-1">
          {t(is)}
          {refill &&
            ` ${t("refill", { count: refill.credits, number: number(refill.credits), date: date(refill.at) })}`}
        </p>
        {more && (
          <Button asChild size="sm" variant="outline">
            <Link href={more.href}>{t(`more.${more.is}`)}</Link>
          </Button>
        )}
      </div>
    </Notice>
  );
}
