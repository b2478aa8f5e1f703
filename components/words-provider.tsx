"use client";

import { type AbstractIntlMessages, NextIntlClientProvider } from "next-intl";
import { useMemo } from "react";

/** Gives the browser its words; as one text, which it reads faster than React would read all of them one by one. */
export function WordsProvider({
  locale,
  messages,
  children,
}: {
  locale: string;
  messages: string;
  children: React.ReactNode;
}) {
  const parsed = useMemo((): AbstractIntlMessages => JSON.parse(messages), [messages]);
  return (
    <NextIntlClientProvider locale={locale} messages={parsed} timeZone="UTC">
      {children}
    </NextIntlClientProvider>
  );
}
