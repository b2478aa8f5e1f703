import { useTranslations } from "next-intl";
import { useFormats } from "@/components/use-formats";

/** "$29.99/month". */
export function usePerInterval() {
  const words = useTranslations("common");
  const { price } = useFormats();
  return (cents: number, currency: string, interval: string) =>
    words(interval === "year" ? "perYear" : "perMonth", { price: price(cents, currency) });
}
