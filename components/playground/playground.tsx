"use client";

import { LoaderCircle, WandSparkles } from "lucide-react";
import { BeforeAfter } from "@/components/playground/before-after";
import { InsufficientDialog } from "@/components/playground/insufficient-dialog";
import { Price } from "@/components/playground/price";
import { useEnhancement } from "@/components/playground/use-enhancement";
import { Button } from "@/components/ui/button";
import { ChoiceGroup } from "@/components/ui/choice-group";
import { QuantityField } from "@/components/ui/quantity-field";
import type { Quantity } from "@/lib/credits/get-operation";
import { countCredits, formatCredits } from "@/lib/format";
import type { PlaygroundData } from "@/lib/playground/get-playground";

export function Playground({
  picture,
  settings,
  quantities,
  suggested,
  quote: firstQuote,
  pricing,
}: PlaygroundData) {
  const job = useEnhancement({ picture, suggested, quote: firstQuote });
  return (
    <div className="grid gap-6 lg:grid-cols-[1.6fr_1fr]">
      <BeforeAfter picture={picture} result={job.result} isWorking={job.isWorking} />
      <div className="flex flex-col gap-5">
        {settings.map((setting) => (
          <ChoiceGroup
            key={setting.parameter}
            label={words(setting.parameter)}
            value={String(job.settings[setting.parameter] ?? "")}
            options={setting.choices.map((choice) => ({
              value: choice.value,
              label: choice.name,
              hint: choice.credits > 0 ? `+${formatCredits(choice.credits)}` : "",
            }))}
            onChange={(value) => job.choose(setting.parameter, value)}
          />
        ))}
        {quantities.map((quantity) => (
          <QuantityField
            key={quantity.parameter}
            label={words(quantity.parameter)}
            hint={unitPrice(quantity)}
            value={Number(job.settings[quantity.parameter] ?? quantity.minUnits)}
            min={quantity.minUnits}
            max={quantity.maxUnits}
            isWhole={quantity.isWhole}
            onChange={(units) => job.choose(quantity.parameter, units)}
          />
        ))}
        <Price quote={job.quote} isQuoting={job.isQuoting} />
        <Button size="lg" onClick={job.enhance} disabled={job.isWorking || job.isQuoting}>
          {job.isWorking ? (
            <LoaderCircle className="animate-spin" aria-hidden />
          ) : (
            <WandSparkles aria-hidden />
          )}
          {job.isWorking ? "Enhancing" : "Enhance Image"}
        </Button>
        <p role="status" className="min-h-5 text-[13px] text-muted-foreground">
          {job.result &&
            `Done: ${countCredits(job.result.charged)} charged, ${formatCredits(job.result.balance)} left.`}
        </p>
      </div>
      <InsufficientDialog
        quote={job.quote}
        pricing={pricing}
        open={job.isShort}
        onOpenChange={job.setIsShort}
      />
    </div>
  );
}

function words(parameter: string): string {
  return parameter.charAt(0).toUpperCase() + parameter.slice(1).replaceAll("_", " ");
}

function unitPrice({ credits, perUnits, includedUnits }: Quantity): string {
  const units = perUnits === 1 ? "each" : `per ${formatCredits(perUnits)}`;
  const included = includedUnits > 0 ? ` above ${formatCredits(includedUnits)}` : "";
  return `+${formatCredits(credits)} ${units}${included}`;
}
