import { CalendarClock, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/components/use-formats";
import type { Credits } from "@/lib/overview/get-credits";

/** What goes within a week, and how much of it would be lost; calm where the present pace uses it up. */
export function ExpiryNotice({
  expiry: { credits, at, lost },
  refill,
  asOf,
}: {
  expiry: NonNullable<Credits["expiry"]>;
  refill: Credits["refill"];
  asOf: string;
}) {
  const t = useTranslations("overview.expiry");
  const { number, date, daysUntil } = useFormats();
  const words = {
    count: credits,
    number: number(credits),
    lost: number(lost ?? 0),
    in: daysUntil(asOf, at),
    date: date(at),
  };
  const isCalm = lost === 0;
  const is = lost === null ? "unknown" : isCalm ? "used" : lost < credits ? "part" : "all";
  return (
    <Notice
      tone={isCalm ? "neutral" : "warning"}
      icon={isCalm ? <CalendarClock aria-hidden /> : <TriangleAlert aria-hidden />}
    >
      {t(is, words)}
      {refill &&
        ` ${t("refill", { number: number(refill.credits), count: refill.credits, date: date(refill.at) })}`}
    </Notice>
  );
}
