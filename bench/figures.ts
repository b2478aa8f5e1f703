// A figure says what was measured, in what unit, and which target of the requirements it has to meet.

export type Target = { atLeast: number } | { atMost: number };
export type Figure = {
  what: string;
  clients: number;
  value: number;
  unit: "x" | "bytes" | "KB" | "%" | "us" | "ms" | "per s" | "points";
  target?: Target;
  /** The two sides of a ratio, as they were measured. */
  detail: string;
};

export function isMet({ value, target }: Figure) {
  if (!target) return true;
  return "atLeast" in target ? value >= target.atLeast : value <= target.atMost;
}

export function shownValue({ value, unit }: Pick<Figure, "value" | "unit">) {
  if (unit === "x") return value.toFixed(2);
  const number = unit === "ms" && value < 100 ? value.toFixed(1) : count(value);
  return `${number} ${unit}`;
}

export function shownTarget({ target, unit }: Figure) {
  if (!target) return "";
  const [words, value] =
    "atLeast" in target ? (["at least", target.atLeast] as const) : (["at most", target.atMost] as const);
  return `${words} ${shownValue({ value, unit })}`;
}

/** One line of the terminal. */
export function line(row: string, figure: Figure) {
  const { what, clients, detail } = figure;
  const mark = figure.target ? (isMet(figure) ? "✔" : "✘ MISSED:") : " ";
  const parts = [
    row.padEnd(9),
    `${clients}`.padStart(3),
    what.padEnd(66),
    shownValue(figure).padStart(10),
    ` ${`${mark} ${shownTarget(figure)}`.padEnd(26)}`,
    detail,
  ];
  return `  ${parts.join(" ")}`;
}

export function count(value: number) {
  return Math.round(value).toLocaleString("en");
}
