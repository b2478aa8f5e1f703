// Everything a number or a date looks like, by locale. Dates are shown in UTC, in which the credits' months are counted.

/** Of a BCP 47 tag. Components ask useFormats for it, which knows the visitor's. */
export const formatsFor = kept(makeFormats);

function makeFormats(locale: string) {
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const numbers = (options: Intl.NumberFormatOptions) => once(() => new Intl.NumberFormat(locale, options));
  const dates = (options: Intl.DateTimeFormatOptions) =>
    once(() => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }));
  const percent = { style: "percent", maximumFractionDigits: 0 } as const;
  const whole = numbers({ maximumFractionDigits: 0 });
  const fine = numbers({ maximumFractionDigits: 6 });
  const signed = numbers({ maximumFractionDigits: 0, signDisplay: "exceptZero" });
  const hundredths = numbers({ maximumFractionDigits: 2 });
  const share = numbers(percent);
  const change = numbers({ ...percent, signDisplay: "exceptZero" });
  const day = dates({ dateStyle: "medium" });
  const dayOfYear = dates({ month: "short", day: "numeric" });
  const minute = dates({ year: "numeric", month: "short", day: "numeric", ...clock });
  const time = dates(clock);
  const weekday = { long: dates({ weekday: "long" }), short: dates({ weekday: "short" }) };
  const regions = once(() => new Intl.DisplayNames(locale, { type: "region" }));
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));

  const currencies = kept((currency) => new Intl.NumberFormat(locale, { style: "currency", currency }));
  const wholeCurrencies = kept(
    (currency) => new Intl.NumberFormat(locale, { style: "currency", currency, minimumFractionDigits: 0 }),
  );

  function money(minorUnits: number, currency: string, isShort: boolean): string {
    const digits = currencies(currency).resolvedOptions().maximumFractionDigits ?? 2;
    const amount = minorUnits / 10 ** digits;
    const formatter = isShort && Number.isInteger(amount) ? wholeCurrencies : currencies;
    return trueMinus(formatter(currency).format(amount));
  }

  return {
    /** "1,000": credits, and whatever else is counted. */
    number: (count: number) => whole().format(count),
    /** Parts of a credit too: "10.5". */
    decimal: (count: number) => trueMinus(fine().format(count)),
    /** "+1,000", "−200" with a true minus sign, "0". */
    signed: (credits: number) => trueMinus(signed().format(credits)),
    /** To the hundredth: "72.5". */
    average: (count: number) => hundredths().format(count),
    /** Of a share: 0.15 is "15%". */
    percent: (of: number) => share().format(of),
    /** Of a difference: "+15%", "−3%" with a true minus sign. */
    signedPercent: (of: number) => trueMinus(change().format(of)),
    date: (iso: string) => day().format(new Date(iso)),
    /** Without the year: "Mar 3". */
    shortDate: (iso: string) => dayOfYear().format(new Date(iso)),
    /** "Oct 24 – Nov 22, 2026"; the end is the instant at which it is over. */
    dateRange: (startsAt: string, endsAt: string) =>
      day().formatRange(new Date(startsAt), new Date(Date.parse(endsAt) - 1)),
    /** "Monday" or "Mon" for 1, up to 7. */
    weekday: (number: number, length: "long" | "short") =>
      weekday[length]().format(new Date(Date.UTC(2024, 0, number))),
    /** "14:00"; 24 is midnight again. */
    hour: (number: number) => time().format(new Date(Date.UTC(2024, 0, 1, number))),
    dateTime: (iso: string) => minute().format(new Date(iso)),
    /** What was paid: minor units to "$29.99" and "$5.00"; currencies without cents as they are. */
    money: (minorUnits: number, currency: string) => money(minorUnits, currency, false),
    /** What something costs: as money, but "$5" when nothing follows the point. */
    price: (minorUnits: number, currency: string) => money(minorUnits, currency, true),
    /** Of a country's two letters: "Germany". */
    country: (code: string) => regions().of(code) ?? code,
    /** "today", "tomorrow", "in 5 days": counted in days of the calendar, as the date beside it is read. */
    daysUntil(fromIso: string, toIso: string): string {
      const dayNumber = (iso: string) => Math.floor(Date.parse(iso) / 86_400_000);
      return relative().format(Math.max(dayNumber(toIso) - dayNumber(fromIso), 0), "day");
    },
  };
}

// A formatter costs the browser milliseconds to make, and a page needs few of them.
function once<T>(make: () => T): () => T {
  const keep = kept(make);
  return () => keep("");
}

/** Made once for each key, when it is asked for. */
function kept<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function trueMinus(text: string): string {
  return text.replace("-", "−");
}
