import "server-only";
import { getPricing, type Pricing } from "@/lib/billing/get-pricing";
import { getOperation, type Quantity, type Setting } from "@/lib/credits/get-operation";
import type { Params, Quote } from "@/lib/credits/quote";
import { AppError } from "@/lib/errors";
import { OPERATION, quoteEnhancement } from "@/lib/playground/enhance";
import { getPictures, type Picture } from "@/lib/playground/pictures";

export type PlaygroundData = {
  picture: Picture;
  settings: Setting[];
  quantities: Quantity[];
  suggested: Params;
  quote: Quote;
  pricing: Pricing;
};

// What the sample picture gains most from, where the catalog has it; else the first choice.
const preferred: Record<string, string> = { light: "balanced", colour: "vivid", detail: "sharp" };

/** What does the playground offer, and what would its first suggestion cost? */
export async function getPlayground(): Promise<PlaygroundData> {
  const [picture] = getPictures();
  if (!picture) throw new AppError("unknown", "noPicture");
  const [{ settings, quantities }, pricing] = await Promise.all([getOperation(OPERATION), getPricing()]);
  const suggested: Params = {};
  for (const { parameter, choices } of settings) {
    const choice = choices.find(({ value }) => value === preferred[parameter]) ?? choices[0];
    suggested[parameter] = choice?.value ?? "";
  }
  for (const { parameter, minUnits } of quantities) suggested[parameter] = minUnits;
  const quote = await quoteEnhancement({ picture: picture.key, settings: suggested });
  return { picture, settings, quantities, suggested, quote, pricing };
}
