"use client";

import { LoaderCircle, WandSparkles } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Suspense, useRef } from "react";
import { BeforeAfter } from "@/components/playground/before-after";
import { Price } from "@/components/playground/price";
import { useEnhancement } from "@/components/playground/use-enhancement";
import { Button } from "@/components/ui/button";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { QuantityField } from "@/components/ui/quantity-field";
import { useFormats } from "@/components/use-formats";
import type { PlaygroundData } from "@/lib/playground/get-playground";
import { inWords } from "@/lib/utils";

// Plans, packs and their dialogs come when they are needed.
const InsufficientDialog = dynamic(async () => {
  const { InsufficientDialog: Loaded } = await import("@/components/playground/insufficient-dialog");
  return Loaded;
});

export function Playground({
  picture,
  settings,
  quantities,
  suggested,
  quote: firstQuote,
  pricing,
}: PlaygroundData) {
  const words = useTranslations("playground");
  const { number } = useFormats();
  const button = useRef<HTMLButtonElement>(null);
  const job = useEnhancement({ picture, suggested, quote: firstQuote });
  const isBusy = job.isWorking || job.isQuoting;
  return (
    <div className="grid gap-6 lg:grid-cols-[1.6fr_1fr]">
      <BeforeAfter picture={picture} result={job.result} isWorking={job.isWorking} />
      <div className="flex flex-col gap-5">
        {settings.map((setting) => (
          <ChoiceGroup
            key={setting.parameter}
            label={inWords(setting.parameter)}
            value={String(job.settings[setting.parameter] ?? "")}
            options={setting.choices.map((choice) => ({
              value: choice.value,
              label: choice.name,
              hint: choice.credits > 0 ? words("plus", { credits: number(choice.credits) }) : "",
            }))}
            onChange={(value) => job.choose(setting.parameter, value)}
          />
        ))}
        {quantities.map((quantity) => (
          <QuantityField
            key={quantity.parameter}
            label={inWords(quantity.parameter)}
            hint={words("unitPrice", {
              credits: number(quantity.credits),
              perUnits: quantity.perUnits,
              included: quantity.includedUnits,
            })}
            value={Number(job.settings[quantity.parameter] ?? quantity.minUnits)}
            min={quantity.minUnits}
            max={quantity.maxUnits}
            isWhole={quantity.isWhole}
            onChange={(units) => job.choose(quantity.parameter, units)}
          />
        ))}
        <Price quote={job.quote} isQuoting={job.isQuoting} />
        <Button
          ref={button}
          size="lg"
          onClick={isBusy ? undefined : job.enhance}
          aria-disabled={isBusy} // what is disabled loses the focus
        >
          {job.isWorking ? (
            <LoaderCircle className="animate-spin" aria-hidden />
          ) : (
            <WandSparkles aria-hidden />
          )}
          {words(job.isWorking ? "enhancing" : "enhance")}
        </Button>
        <p role="status" className="min-h-5 text-caption text-muted-foreground">
          {job.result && words("done", { charged: job.result.charged, left: number(job.result.balance) })}
        </p>
      </div>
      <Suspense>
        {job.wasShort && (
          <InsufficientDialog
            quote={job.quote}
            pricing={pricing}
            open={job.isShort}
            onOpenChange={job.setIsShort}
            opener={button}
          />
        )}
      </Suspense>
    </div>
  );
}
