import { render as renderAlone } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { en } from "@/messages/en";

/** As the layout does it: with the words, in American English. */
export const render = (element: React.ReactElement) =>
  renderAlone(element, {
    wrapper: ({ children }) => (
      <NextIntlClientProvider locale="en-US" messages={en} timeZone="UTC">
        {children}
      </NextIntlClientProvider>
    ),
  });
