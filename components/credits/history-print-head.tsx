import { useTranslations } from "next-intl";
import { useFormats } from "@/components/use-formats";

/** On paper: of whom and of which days this is. */
export function HistoryPrintHead({
  email,
  from,
  to,
}: {
  email: string | null;
  from: string | null;
  to: string | null;
}) {
  const words = useTranslations("history");
  const { date } = useFormats();
  return (
    <p className="mb-4 hidden text-sm print:block">
      {words("printedFor", {
        email: email ?? words("none"),
        from: from ? date(from) : "none",
        to: to ? date(to) : "none",
      })}
    </p>
  );
}
