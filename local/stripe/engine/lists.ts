import type { Filter } from "./find-objects.ts";
import type { Kind, List, Resources } from "./types.ts";
import type { Call } from "./work.ts";

/** What every list endpoint takes. */
export const paging = ["limit", "starting_after", "ending_before"];

type Paging = {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: number | Filter["created"];
};

/** A page of a list, newest first unless the list has an order of its own (lines). */
export async function listPage<K extends Kind>(
  call: Call<Paging>,
  kind: K,
  filter: Filter,
  oldestFirst = false,
): Promise<List<Resources[K]>> {
  const { params, state, path } = call;
  const limit = Math.min(Math.max(params.limit ?? 10, 1), 100);
  const created =
    typeof params.created === "number" ? { gte: params.created, lte: params.created } : params.created;
  const found = await state.list(
    kind,
    { ...filter, ...(created && { created }) },
    {
      limit: limit + 1,
      oldestFirst,
      ...(params.starting_after && { after: params.starting_after }),
      ...(params.ending_before && { before: params.ending_before }),
    },
  );
  const hasMore = found.length > limit;
  const data = params.ending_before && hasMore ? found.slice(1) : found.slice(0, limit);
  return { object: "list", data, has_more: hasMore, url: path };
}

export const wholeList = <T>(data: T[], url: string): List<T> => ({
  object: "list",
  data,
  has_more: false,
  url,
});
