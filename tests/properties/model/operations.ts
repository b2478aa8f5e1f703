// A catalog of the model's own: a base price, and a price for each value of an option.
import { type Charge, type Params, refuse } from "./world.ts";

export const operations = {
  t_word: { base: 1, options: {} },
  t_page: { base: 3, options: { size: { small: 0, large: 4 } } },
  t_book: { base: 90, options: { size: { small: 0, large: 45 }, paper: { plain: 0, fine: 10 } } },
} satisfies Record<string, { base: number; options: Record<string, Record<string, number>> }>;

/** What a caller names: never a price. */
export type Work = Pick<Charge, "operation" | "params">;

export function priceOf({ operation, params }: Work): { credits: number; version: number } {
  const priced = Object.entries(operations).find(([name]) => name === operation)?.[1];
  if (!priced) refuse("LCOPR");
  const options: Record<string, Record<string, number>> = priced.options;
  const extras = Object.entries(params).map(([name, value]) => options[name]?.[value] ?? refuse("LCOPR"));
  return { credits: extras.reduce((sum, extra) => sum + extra, priced.base), version: 1 };
}

/** The order of parameters says nothing. */
export function isSameWork(charge: Charge, work: Work): boolean {
  const said = (params: Params) => JSON.stringify(Object.entries(params).sort());
  return charge.operation === work.operation && said(charge.params) === said(work.params);
}
