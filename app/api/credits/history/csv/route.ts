import { getUserOrThrow } from "@/lib/auth/get-user";
import { historyCsv } from "@/lib/credits/history-csv";
import { readHistoryFilter } from "@/lib/credits/history-filter";
import { answer, csvFile } from "@/lib/http";

export function GET(request: Request) {
  return answer(async () => {
    await getUserOrThrow();
    const filter = readHistoryFilter(new URL(request.url).searchParams);
    return csvFile("credit-history.csv", await historyCsv(filter));
  });
}
