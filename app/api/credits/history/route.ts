import { getHistory } from "@/lib/credits/get-history";
import { historyFilter } from "@/lib/credits/history-filter";
import { creditEndpoints } from "@/lib/http/credit-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { GET: history } = creditEndpoints["/api/credits/history"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: serve(history, ({ query: { before = null, limit, ...filter } }) =>
    getHistory(before, limit, historyFilter(filter)),
  ),
});
