import "server-only";
import { headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { negotiateLocale } from "@/lib/i18n/negotiate-locale";
import { en } from "@/messages/en";

const messages = { en };

/** Words in a language that there is, dates and numbers as in the visitor's country. Credits' months are counted in UTC. */
export default getRequestConfig(async () => {
  const { language, locale } = negotiateLocale((await headers()).get("accept-language"));
  return { locale, messages: messages[language], timeZone: "UTC" };
});
