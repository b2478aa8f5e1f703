import "server-only";
import { AppError } from "@/lib/errors";
import { askStripe, stripe } from "@/lib/stripe";
import { soldPrice } from "@/supabase/functions/_shared/sold-price";

type Offer = {
  kind: string;
  price_key: string;
  lookup_key: string;
  price_cents: number;
  currency: string;
};

/** Stripe's price of something on sale. Charged is what the catalog says: one that says otherwise is not sold. */
export async function findPrice({ kind, ...offer }: Offer): Promise<string> {
  const price = await askStripe(soldPrice(stripe(), offer.lookup_key));
  const key = price?.metadata[kind === "pack" ? "pack" : "price"];
  const isSame = price?.unit_amount === offer.price_cents && price.currency === offer.currency;
  if (price && isSame && key === offer.price_key) return price.id;
  const cause = `Stripe's price ${price?.id ?? "(none)"} is not ${offer.price_key}`;
  throw new AppError("unavailable", "offerUnpaid", { cause });
}
