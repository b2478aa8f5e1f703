import "server-only";
import { AppError } from "@/lib/errors";
import { rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export type Choice = { value: string; name: string; credits: number };
export type Setting = { parameter: string; isRequired: boolean; choices: Choice[] };
/** So many credits for each `perUnits` units above those included. */
export type Quantity = {
  parameter: string;
  isRequired: boolean;
  credits: number;
  perUnits: number;
  includedUnits: number;
  minUnits: number;
  maxUnits: number;
  isWhole: boolean;
};
export type Operation = {
  name: string;
  baseCredits: number;
  settings: Setting[];
  quantities: Quantity[];
};

/** Which settings and quantities does an operation offer, and what does each add to its price? */
export async function getOperation(operation: string): Promise<Operation> {
  const supabase = await userClient();
  const list = await rows(supabase.rpc("get_operation", { operation }));
  const [first] = list;
  if (!first) throw new AppError("unknown", "operationGone");
  const settings = new Map<string, Setting>();
  const quantities: Quantity[] = [];
  for (const row of list) {
    const { parameter, is_required: isRequired, credits } = row;
    if (row.parameter_kind === "option") {
      const setting = settings.get(parameter) ?? { parameter, isRequired, choices: [] };
      setting.choices.push({ value: row.value, name: row.value_name, credits });
      settings.set(parameter, setting);
    } else if (row.parameter_kind === "quantity") {
      quantities.push({
        parameter,
        isRequired,
        credits,
        perUnits: row.per_units,
        includedUnits: row.included_units,
        minUnits: row.min_units,
        maxUnits: row.max_units,
        isWhole: row.is_whole,
      });
    }
  }
  return {
    name: first.operation_name,
    baseCredits: first.base_credits,
    settings: [...settings.values()],
    quantities,
  };
}
