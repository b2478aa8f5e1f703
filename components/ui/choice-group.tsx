"use client";

import { RadioGroup } from "radix-ui";

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
  return (
    <fieldset>
      <legend className="mb-2 text-caption font-medium">{label}</legend>
      <RadioGroup.Root
        aria-label={label}
        value={value}
        onValueChange={onChange}
        className="flex flex-wrap gap-2"
      >
        {options.map((option) => (
          <RadioGroup.Item
            key={option.value}
            value={option.value}
            className="flex cursor-pointer items-center gap-2 rounded-lg border bg-card px-3 py-1.5 text-caption transition-colors max-sm:min-h-10 hover:bg-muted data-[state=checked]:border-foreground data-[state=checked]:ring-1 data-[state=checked]:ring-foreground"
          >
            {option.label}
            {option.hint && <span className="text-muted-foreground tabular-nums">{option.hint}</span>}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </fieldset>
  );
}
