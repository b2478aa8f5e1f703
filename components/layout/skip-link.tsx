import { useTranslations } from "next-intl";

/** The first stop of the keyboard: past the header and the list of pages. */
export function SkipLink() {
  const words = useTranslations("frame");
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-primary focus:px-4 focus:py-2 focus:text-sm focus:font-medium focus:text-primary-foreground"
    >
      {words("skip")}
    </a>
  );
}
