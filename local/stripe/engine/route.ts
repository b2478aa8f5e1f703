import { parameterSchema, type Schema } from "./spec.ts";
import type { Answer, Call } from "./work.ts";

export type Route = {
  method: string;
  pattern: RegExp;
  schema: Schema;
  takes: string[];
  run: (call: Call<unknown>) => Promise<Answer>;
};

/**
 * An endpoint of the contract. `takes` lists the parameters the sandbox acts on, dotted where nested; Stripe's other
 * ones are refused with a sentence: ignoring a discount would be a wrong amount.
 */
export function route<P>(
  endpoint: string,
  takes: string[],
  handler: (call: Call<P>) => Promise<Answer>,
): Route {
  const schema = parameterSchema(endpoint);
  if (!schema) throw new Error(`${endpoint} is not in the contract`);
  const [method = "", path = ""] = endpoint.split(" ");
  return {
    method,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "([^/]+)")}$`),
    schema,
    takes,
    // The parameters were read by the schema that stripe-node's types are derived from.
    run: (call) => handler(call as Call<P>),
  };
}
