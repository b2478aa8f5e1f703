import { historyCsv } from "@/lib/credits/history-csv";
import { historyFilter } from "@/lib/credits/history-filter";
import { csvFile } from "@/lib/http/answer";
import { creditEndpoints } from "@/lib/http/credit-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { GET: csv } = creditEndpoints["/api/credits/history/csv"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: serve(csv, async ({ query }) => csvFile("credit-history.csv", await historyCsv(historyFilter(query)))),
});
