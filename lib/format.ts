// Everything a number or a date looks like. Dates are shown in UTC, in which the credits' months are counted.

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const signed = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0, signDisplay: "exceptZero" });
const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });
const minute = new Intl.DateTimeFormat("en-US", {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

export const formatCredits = (credits: number) => whole.format(credits);

/** "1 credit", "1,000 credits". */
export const countCredits = (credits: number) =>
  `${whole.format(credits)} ${credits === 1 ? "credit" : "credits"}`;

/** "+1,000", "−200" with a true minus sign, "0". */
export const formatSignedCredits = (credits: number) => signed.format(credits).replace("-", "\u2212");

export const formatDate = (iso: string) => day.format(new Date(iso));

export const formatDateTime = (iso: string) => minute.format(new Date(iso));

/** What was paid: minor units to "$29.99" and "$5.00"; currencies without cents as they are. */
export const formatMoney = (minorUnits: number, currency: string) => money(minorUnits, currency, false);

/** What something costs: as formatMoney, but "$5" when nothing follows the point. */
export const formatPrice = (minorUnits: number, currency: string) => money(minorUnits, currency, true);

/** "$29.99/month", "€101.90/year". */
export const formatPerInterval = (minorUnits: number, currency: string, interval: string) =>
  `${formatMoney(minorUnits, currency)}/${interval}`;

function money(minorUnits: number, currency: string, isShort: boolean): string {
  const style = { style: "currency", currency } as const;
  const digits = new Intl.NumberFormat("en-US", style).resolvedOptions().maximumFractionDigits ?? 2;
  const amount = minorUnits / 10 ** digits;
  const shown = isShort && Number.isInteger(amount) ? 0 : digits;
  const text = new Intl.NumberFormat("en-US", { ...style, minimumFractionDigits: shown }).format(amount);
  return text.replace("-", "\u2212");
}

/** "today", "tomorrow", "in 5 days": counted in days of the calendar, as the date beside it is read. */
export function formatDaysUntil(fromIso: string, toIso: string): string {
  const dayNumber = (iso: string) => Math.floor(Date.parse(iso) / 86_400_000);
  const days = dayNumber(toIso) - dayNumber(fromIso);
  if (days < 1) return "today";
  return days === 1 ? "tomorrow" : `in ${days} days`;
}
