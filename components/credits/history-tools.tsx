import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Searches the history, and saves what is found. */
export function HistoryTools({ search, csv }: { search: string; csv: string }) {
  return (
    <div className="flex items-center gap-2">
      <form action="/dashboard/usage" className="max-sm:hidden">
        <input
          type="search"
          name="search"
          defaultValue={search}
          maxLength={100}
          placeholder="Search"
          aria-label="Search the history"
          className="h-8 w-40 rounded-lg border bg-card px-3 text-[13px] shadow-xs placeholder:text-muted-foreground/70"
        />
      </form>
      <Button asChild variant="outline" size="sm">
        <a href={csv} download>
          <Download aria-hidden /> CSV
        </a>
      </Button>
    </div>
  );
}
