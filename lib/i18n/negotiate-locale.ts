import "server-only";
import Negotiator from "negotiator";

const languages = ["en"] as const;
type Language = (typeof languages)[number];
type Choice = { language: Language; locale: string };

/** The first that the browser asks for and that there are words for, with its region: `en-GB` writes 3 Mar 2026. */
export function negotiateLocale(accepted: string | null): Choice {
  const headers = accepted === null ? {} : { "accept-language": accepted };
  for (const tag of new Negotiator({ headers }).languages()) {
    const asked = readTag(tag);
    const language = languages.find((known) => known === asked?.language);
    if (asked && language) return { language, locale: asked.baseName };
  }
  return { language: "en", locale: "en-US" };
}

/** The header is whatever a client sends. */
function readTag(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}
