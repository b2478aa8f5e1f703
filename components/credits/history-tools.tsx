import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { PrintButton } from "@/components/print-button";
import { Button } from "@/components/ui/button";

/** Saves and prints what is shown. */
export function HistoryTools({ csv }: { csv: string }) {
  const words = useTranslations("history");
  return (
    <div className="flex items-center gap-2 print:hidden">
      <PrintButton>{words("print")}</PrintButton>
      <Button asChild variant="outline" size="sm">
        <a href={csv} download title={words("csvHint")}>
          <Download aria-hidden /> {words("csv")}
        </a>
      </Button>
    </div>
  );
}
