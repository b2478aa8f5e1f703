"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";

const Sonner = dynamic(() => import("sonner").then(({ Toaster }) => Toaster), { ssr: false });

/** On a phone above the list of pages. */
export function Toaster() {
  const words = useTranslations("common");
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      mobileOffset={{ bottom: "4.5rem" }}
      dir="ltr" // else it asks for the style of the whole page
      containerAriaLabel={words("messages")}
    />
  );
}
