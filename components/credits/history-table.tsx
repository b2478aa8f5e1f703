import { History, SearchX } from "lucide-react";
import Link from "next/link";
import { SignedCredits } from "@/components/credits/signed-credits";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { HistoryEntry } from "@/lib/credits/get-history";
import { formatCredits, formatDateTime } from "@/lib/format";

export function HistoryTable({
  entries,
  isFiltered = false,
}: {
  entries: HistoryEntry[];
  isFiltered?: boolean;
}) {
  if (entries.length === 0) {
    return isFiltered ? (
      <NothingFound />
    ) : (
      <EmptyState icon={<History aria-hidden />} title="No transactions here">
        Every credit that comes or goes is listed, with the balance after it.
      </EmptyState>
    );
  }
  return (
    <Table label="Credit history">
      <thead>
        <tr>
          <HeadCell className="hidden sm:table-cell">Date</HeadCell>
          <HeadCell className="hidden sm:table-cell">Task ID</HeadCell>
          <HeadCell className="max-sm:pl-5">Description</HeadCell>
          <HeadCell className="text-right">Credits</HeadCell>
          <HeadCell className="text-right">Balance</HeadCell>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.number}>
            <Cell className="hidden whitespace-nowrap text-muted-foreground sm:table-cell">
              <time dateTime={entry.at}>{formatDateTime(entry.at)}</time>
            </Cell>
            <Cell className="hidden sm:table-cell">
              <TaskId id={entry.taskId} />
            </Cell>
            <Cell className="max-sm:pl-5">
              {entry.description}
              <span className="block text-xs text-muted-foreground sm:hidden">
                {formatDateTime(entry.at)}
              </span>
            </Cell>
            <Cell className="text-right">
              <SignedCredits credits={entry.credits} />
            </Cell>
            <Cell className="text-right tabular-nums">{formatCredits(entry.balanceAfter)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function TaskId({ id }: { id: string | null }) {
  if (!id) return <span className="text-muted-foreground">–</span>;
  return (
    <code title={id} className="block max-w-40 truncate font-mono text-xs text-muted-foreground">
      {id}
    </code>
  );
}

function NothingFound() {
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="No transaction matches"
      action={
        <Button asChild variant="outline" size="sm">
          <Link href="/dashboard/usage">Show all transactions</Link>
        </Button>
      }
    >
      Try another word of the description or the task ID.
    </EmptyState>
  );
}
