import type { Metadata } from "next";
import { HistoryTable } from "@/components/credits/history-table";
import { Panel } from "@/components/panel";
import { Pager } from "@/components/ui/pager";
import { requireUser } from "@/lib/auth/get-user";
import { getHistory } from "@/lib/credits/get-history";
import { outcome } from "@/lib/outcome";

export const metadata: Metadata = { title: "Usage" };

export default async function UsagePage({ searchParams }: PageProps<"/dashboard/usage">) {
  await requireUser("/dashboard/usage");
  const before = entryNumber((await searchParams).before);
  const history = await outcome(getHistory(before));
  return (
    <Panel title="Transaction history" hint="Newest first. Times in UTC." result={history}>
      {({ entries, olderThan }) => (
        <>
          <HistoryTable entries={entries} />
          <Pager
            newest={before === null ? null : "/dashboard/usage"}
            older={olderThan === null ? null : `/dashboard/usage?before=${olderThan}`}
          />
        </>
      )}
    </Panel>
  );
}

/** Anything but the number of an entry means the first page. */
function entryNumber(text: unknown): number | null {
  return typeof text === "string" && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
