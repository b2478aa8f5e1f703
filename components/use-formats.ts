import { useLocale } from "next-intl";
import { formatsFor } from "@/lib/format";

/** How numbers, dates and money look to this visitor; for components of the server and of the browser. */
export const useFormats = () => formatsFor(useLocale());
