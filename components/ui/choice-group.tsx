"use client";

import { useId } from "react";
import { RadioLabel } from "@/components/ui/radio-label";

type ChoiceOption = { value: string; label: string; hint: string };

/** One of a few: radio buttons drawn as chips. */
export function ChoiceGroup({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: ChoiceOption[];
  onChange: (value: string) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-2 text-caption font-medium">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <RadioLabel
            key={option.value}
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="flex items-center gap-2 rounded-lg border bg-card px-3 py-1.5 text-caption transition-colors has-checked:border-foreground has-checked:ring-1 has-checked:ring-foreground has-focus-visible:outline-offset-2 max-sm:min-h-10 hover:bg-muted"
          >
            {option.label}
            {option.hint && <span className="text-muted-foreground tabular-nums">{option.hint}</span>}
          </RadioLabel>
        ))}
      </div>
    </fieldset>
  );
}
