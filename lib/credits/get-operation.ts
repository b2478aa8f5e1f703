import "server-only";
import { AppError } from "@/lib/errors";
import { rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export type Choice = { value: string; name: string; credits: number };
export type Setting = { parameter: string; isRequired: boolean; choices: Choice[] };
export type Operation = { name: string; baseCredits: number; settings: Setting[] };

/** Which settings does an operation offer, and what does each add to its price? */
export async function getOperation(operation: string): Promise<Operation> {
  const supabase = await userClient();
  const list = await rows(supabase.rpc("get_operation", { operation }));
  const [first] = list;
  if (!first) throw new AppError("unknown", "This operation is not on offer.");
  const settings = new Map<string, Setting>();
  for (const row of list) {
    if (row.parameter_kind !== "option") continue;
    const setting = settings.get(row.parameter) ?? {
      parameter: row.parameter,
      isRequired: row.is_required,
      choices: [],
    };
    setting.choices.push({ value: row.value, name: row.value_name, credits: row.credits });
    settings.set(row.parameter, setting);
  }
  return { name: first.operation_name, baseCredits: first.base_credits, settings: [...settings.values()] };
}
