import "server-only";
import { type Forecast, getForecast } from "@/lib/credits/get-forecast";

export type Outlook = {
  /** `unknown`: too little history; `idle`: nothing was used; `never`: it does not run out. */
  is: "unknown" | "idle" | "never" | "until";
  /** The pace is that of so many last days. */
  days: number;
  perDay: number;
  until: string | null;
  /** What expires unused until then, and what of it at the next expiry; null: not known. */
  lost: number;
  nextLost: number | null;
};

/** How long will it last at the pace of the last week, or of the last month where nothing was used in that? */
export async function getOutlook(): Promise<Outlook | null> {
  const forecasts = await getForecast();
  const pace = forecasts.find(({ used }) => used > 0) ?? forecasts.at(-1);
  return pace ? readOutlook(pace) : null;
}

function readOutlook({ days, isKnown, used, perDay, runsOutAt, lost, nextLost }: Forecast): Outlook {
  const pace = { days, perDay, until: null, lost, nextLost };
  if (!isKnown) return { ...pace, is: "unknown", lost: 0, nextLost: null };
  if (used <= 0) return { ...pace, is: "idle" };
  return runsOutAt === null ? { ...pace, is: "never" } : { ...pace, is: "until", until: runsOutAt };
}
