// The model's operations, caps and plans as rows.
import { caps } from "./model/caps.ts";
import { operations, type PriceVersion } from "./model/operations.ts";
import { type Plan, rollovers } from "./model/rollover.ts";

/** The SQL that puts them beside the default catalog. */
export const catalog = () =>
  [
    ...Object.entries<Plan | null>(rollovers).map(([name, plan]) => planRow(name, plan)),
    ...Object.entries(operations).flatMap(([name, versions]) => [
      insert("operations", { key: name, name }),
      ...versions.flatMap((price, index) => priceRows(name, index + 1, price)),
    ]),
    ...Object.entries(caps).flatMap(([plan_key, byOperation]) =>
      Object.entries(byOperation).flatMap(([operation, windows]) =>
        Object.entries(windows).map(([per, max_uses]) =>
          insert("plan_caps", { plan_key, plan_version: 1, operation, per, max_uses }),
        ),
      ),
    ),
  ].join("\n");

function planRow(key: string, plan: Plan | null): string {
  const isCapped = plan?.most !== undefined || plan?.percent !== undefined;
  return insert("plans", {
    key,
    version: 1,
    name: key,
    description: "",
    position: 99,
    credits_per_month: 0,
    is_sold: false,
    rollover: plan === null ? "none" : isCapped ? "capped" : "all",
    rollover_max_credits: plan?.most,
    rollover_percent: plan?.percent,
    rollover_periods: plan?.periods,
  });
}

function priceRows(operation: string, version: number, price: PriceVersion): string[] {
  const { base, from, options = {}, quantity, subject, least, most } = price;
  const of = { operation, version };
  const parameter = { ...of, position: 1, is_required: false };
  return [
    insert("operation_prices", {
      ...of,
      base_credits: base,
      min_credits: least,
      max_credits: most,
      ...(from === undefined ? {} : { valid_from: from }),
    }),
    ...Object.entries(options).flatMap(([name, values]) => [
      insert("operation_parameters", { ...parameter, name, kind: "option" }),
      ...Object.entries(values).map(([value, credits]) =>
        insert("operation_options", { ...of, parameter: name, value, name: value, credits, position: 1 }),
      ),
    ]),
    ...(subject === undefined
      ? []
      : [insert("operation_parameters", { ...parameter, name: subject, kind: "label", is_subject: true })]),
    ...(quantity === undefined
      ? []
      : [
          insert("operation_parameters", {
            ...parameter,
            name: quantity.name,
            kind: "quantity",
            unit_credits: quantity.credits,
            per_units: quantity.per,
            included_units: quantity.included,
            max_units: quantity.max,
          }),
        ]),
  ];
}

function insert(table: string, row: Record<string, string | number | boolean | undefined>): string {
  const values = Object.values(row).map((value) =>
    typeof value === "string" ? `'${value}'` : (value ?? "null"),
  );
  return `insert into billing.${table} (${Object.keys(row).join(", ")}) values (${values.join(", ")});`;
}
