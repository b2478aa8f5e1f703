import { History, SearchX } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { HistoryEntryLink } from "@/components/credits/history-entry-link";
import { SignedCredits } from "@/components/credits/signed-credits";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { useFormats } from "@/components/use-formats";
import type { HistoryEntry } from "@/lib/credits/get-history";

/** Five columns; on phones two, with the rest beneath. `clear` leads to all of it, where filters are in force. */
export function HistoryTable({
  entries,
  query = "",
  clear = null,
}: {
  entries: HistoryEntry[];
  /** The page's own address, which an entry's adds to. */
  query?: string;
  clear?: Route | null;
}) {
  const words = useTranslations("history");
  const { number, dateTime } = useFormats();
  if (entries.length === 0) return clear ? <NothingFound clear={clear} /> : <Nothing />;
  const wide = "max-sm:hidden print:table-cell";
  return (
    <Table label={words("table")}>
      <thead>
        <tr>
          <HeadCell className={wide}>{words("date")}</HeadCell>
          <HeadCell className={wide}>{words("taskId")}</HeadCell>
          <HeadCell className="w-full max-sm:pl-5 print:w-auto">{words("description")}</HeadCell>
          <HeadCell className="text-right max-sm:pr-5">{words("credits")}</HeadCell>
          <HeadCell className={`text-right ${wide}`}>{words("balance")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.number} className="relative break-inside-avoid">
            <Cell className={`whitespace-nowrap text-muted-foreground ${wide}`}>
              <time dateTime={entry.at}>{dateTime(entry.at)}</time>
            </Cell>
            <Cell className={wide}>
              <TaskId id={entry.taskId} />
            </Cell>
            <Cell className="max-sm:pl-5">
              <HistoryEntryLink
                href={`/dashboard/usage?${query}${query && "&"}entry=${entry.number}`}
                number={entry.number}
                dir="auto"
                className="line-clamp-2 text-left [overflow-wrap:anywhere] after:absolute after:inset-0 print:line-clamp-none"
              >
                {short(entry.description)}
              </HistoryEntryLink>
              <span className="mt-0.5 block text-xs text-muted-foreground sm:hidden print:hidden">
                {dateTime(entry.at)}
                {entry.taskId && <bdi className="block max-w-48 truncate font-mono">{entry.taskId}</bdi>}
              </span>
            </Cell>
            <Cell className="text-right whitespace-nowrap max-sm:pr-5">
              <SignedCredits credits={entry.credits} />
              <span className="mt-0.5 block text-xs text-muted-foreground tabular-nums sm:hidden print:hidden">
                {words("balanceAfter", { balance: number(entry.balanceAfter) })}
              </span>
            </Cell>
            <Cell className={`text-right tabular-nums ${wide}`}>{number(entry.balanceAfter)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Whole in the drawer and in the file: a page of fifty that are a book each is read by nobody. */
const short = (text: string) => {
  const characters = [...text.slice(0, 500)];
  return text.length > 240 ? `${characters.slice(0, 240).join("")}…` : text;
};

function TaskId({ id }: { id: string | null }) {
  const words = useTranslations("history");
  if (!id) return <span className="text-muted-foreground">{words("none")}</span>;
  return (
    <code
      title={id}
      dir="auto"
      className="block max-w-40 truncate font-mono text-xs text-muted-foreground print:w-40 print:whitespace-normal print:[overflow-wrap:anywhere]"
    >
      {id}
    </code>
  );
}

function Nothing() {
  const words = useTranslations("history");
  return (
    <EmptyState icon={<History aria-hidden />} title={words("empty")}>
      {words("emptyHint")}
    </EmptyState>
  );
}

function NothingFound({ clear }: { clear: Route }) {
  const words = useTranslations("history");
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={words("nothing")}
      action={
        <Button asChild variant="outline" size="sm">
          <Link href={clear} scroll={false}>
            {words("showAll")}
          </Link>
        </Button>
      }
    >
      {words("nothingHint")}
    </EmptyState>
  );
}
