import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { HistoryChips } from "@/components/credits/history-chips";
import { HistoryDrawer } from "@/components/credits/history-drawer";
import { HistoryFilters } from "@/components/credits/history-filters";
import { HistoryPrintHead } from "@/components/credits/history-print-head";
import { HistoryRest } from "@/components/credits/history-rest";
import { HistoryTable } from "@/components/credits/history-table";
import { HistoryTools } from "@/components/credits/history-tools";
import { Panel } from "@/components/panel";
import { Pager } from "@/components/ui/pager";
import { requireUser } from "@/lib/auth/get-user";
import { getHistoryPage } from "@/lib/credits/get-history";
import { getUsage } from "@/lib/credits/get-usage";
import { allGroups } from "@/lib/credits/history-kinds";
import { type HistoryChoice, readHistoryPage } from "@/lib/credits/history-page";
import { outcome } from "@/lib/outcome";
import { chipsOf } from "./history-chips";

const place = ["before", "after", "entry"];
const filters = ["kind", "operation", "from", "to", "search"];

/** The table half of the tab; what else its address says stays as it is. */
export async function HistoryPanel({ query }: { query: URLSearchParams }) {
  const words = await getTranslations("history");
  const { choice, place: at, filter, csv } = readHistoryPage(query);
  const [user, page, usage] = await Promise.all([
    requireUser("/dashboard/usage"),
    outcome(getHistoryPage(at, filter)),
    outcome(getUsage(["operation"])),
  ]);
  const operations = (usage.ok ? usage.data : []).flatMap(({ operation, operationName }) =>
    operation ? [{ value: operation, label: operationName ?? operation }] : [],
  );
  const here = without(query, place);
  const clear = address(without(here, filters));
  const chips = await chipsOf(choice, operations, here);
  return (
    <Panel
      title={words("title")}
      hint={words("hint")}
      result={page}
      action={() => <HistoryTools csv={`/api/credits/history/csv?${csv}`} />}
    >
      {({ entries, olderThan, newerThan, isCutShort }) => (
        <>
          <HistoryPrintHead email={user.email} from={choice.from} to={choice.to} />
          <HistoryFilters
            kept={[...here].filter(([name]) => !["from", "to", "search"].includes(name))}
            kinds={kindsLeft(choice).map((value) => ({ value, label: words(`groups.${value}`) }))}
            operations={operations.filter(({ value }) => !choice.operations.includes(value))}
            from={choice.from}
            to={choice.to}
            search={choice.search}
          />
          <HistoryChips chips={chips} clear={clear} />
          {(entries.length > 0 || !isCutShort) && (
            <HistoryTable
              entries={entries}
              query={without(query, ["entry"]).toString()}
              clear={chips.length > 0 ? clear : null}
            />
          )}
          {isCutShort && <HistoryRest found={entries.length} older={to(here, "before", olderThan)} />}
          <Pager
            newest={at.before === null && newerThan === null ? null : address(here)}
            newer={to(here, "after", newerThan)}
            older={isCutShort ? null : to(here, "before", olderThan)}
          />
          <HistoryDrawer />
        </>
      )}
    </Panel>
  );
}

const kindsLeft = ({ kinds }: HistoryChoice) => allGroups.filter((group) => !kinds.includes(group));

const address = (query: URLSearchParams): Route =>
  query.size > 0 ? `/dashboard/usage?${query}` : "/dashboard/usage";

const without = (query: URLSearchParams, names: string[]) =>
  new URLSearchParams([...query].filter(([name]) => !names.includes(name)));

function to(query: URLSearchParams, name: "before" | "after", number: number | null): Route | null {
  if (number === null) return null;
  return address(new URLSearchParams([...query, [name, String(number)]]));
}
