// Everything a number or a date looks like, by locale. Dates are shown in UTC, in which the credits' months are counted.

type Formats = ReturnType<typeof makeFormats>;

const made = new Map<string, Formats>();

/** Of a BCP 47 tag. Components ask useFormats for it, which knows the visitor's. */
export function formatsFor(locale: string): Formats {
  const formats = made.get(locale) ?? makeFormats(locale);
  made.set(locale, formats);
  return formats;
}

function makeFormats(locale: string) {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  const hundredths = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const change = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const dayOfYear = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone: "UTC" });
  const minute = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
  });
  const time = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
  });
  const weekday = {
    long: new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }),
    short: new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }),
  };
  const regions = new Intl.DisplayNames(locale, { type: "region" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

  function money(minorUnits: number, currency: string, isShort: boolean): string {
    const style = { style: "currency", currency } as const;
    const digits = new Intl.NumberFormat(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
    const amount = minorUnits / 10 ** digits;
    const shown = isShort && Number.isInteger(amount) ? 0 : digits;
    return trueMinus(
      new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: shown }).format(amount),
    );
  }

  return {
    /** "1,000": credits, and whatever else is counted. */
    number: (count: number) => whole.format(count),
    /** Parts of a credit too: "10.5". */
    decimal: (count: number) => trueMinus(fine.format(count)),
    /** "+1,000", "−200" with a true minus sign, "0". */
    signed: (credits: number) => trueMinus(signed.format(credits)),
    /** To the hundredth: "72.5". */
    average: (count: number) => hundredths.format(count),
    /** Of a share: 0.15 is "15%". */
    percent: (of: number) => share.format(of),
    /** Of a difference: "+15%", "−3%" with a true minus sign. */
    signedPercent: (of: number) => trueMinus(change.format(of)),
    date: (iso: string) => day.format(new Date(iso)),
    /** Without the year: "Mar 3". */
    shortDate: (iso: string) => dayOfYear.format(new Date(iso)),
    /** "Oct 24 – Nov 22, 2026"; the end is the instant at which it is over. */
    dateRange: (startsAt: string, endsAt: string) =>
      day.formatRange(new Date(startsAt), new Date(Date.parse(endsAt) - 1)),
    /** "Monday" or "Mon" for 1, up to 7. */
    weekday: (number: number, length: "long" | "short") =>
      weekday[length].format(new Date(Date.UTC(2024, 0, number))),
    /** "14:00"; 24 is midnight again. */
    hour: (number: number) => time.format(new Date(Date.UTC(2024, 0, 1, number))),
    dateTime: (iso: string) => minute.format(new Date(iso)),
    /** What was paid: minor units to "$29.99" and "$5.00"; currencies without cents as they are. */
    money: (minorUnits: number, currency: string) => money(minorUnits, currency, false),
    /** What something costs: as money, but "$5" when nothing follows the point. */
    price: (minorUnits: number, currency: string) => money(minorUnits, currency, true),
    /** Of a country's two letters: "Germany". */
    country: (code: string) => regions.of(code) ?? code,
    /** "today", "tomorrow", "in 5 days": counted in days of the calendar, as the date beside it is read. */
    daysUntil(fromIso: string, toIso: string): string {
      const dayNumber = (iso: string) => Math.floor(Date.parse(iso) / 86_400_000);
      return relative.format(Math.max(dayNumber(toIso) - dayNumber(fromIso), 0), "day");
    },
  };
}

const trueMinus = (text: string) => text.replace("-", "−");
