// What the sandbox is asked, answers and sends, a line each, where a test run wants to hold all of it to the contract.
import fs from "node:fs";
import path from "node:path";

const folder = process.env.STRIPE_RECORDING;

type Exchange = { method: string; path: string; query: string; body: string };

/** A request that is refused on purpose need not fit Stripe's schema; the refusal must. */
export function recordExchange(
  { method, path: at, query, body }: Exchange,
  status: number,
  response: object,
) {
  const request = { method, path: query ? `${at}?${query}` : at, ...(method === "POST" && { body }) };
  record(status < 400 ? { ...request, status, response } : response);
}

export function record(item: object): void {
  if (folder) fs.appendFileSync(path.join(folder, `${process.pid}.jsonl`), `${JSON.stringify(item)}\n`);
}
