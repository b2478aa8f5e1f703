"use client";

import { useId } from "react";

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
          <label
            key={option.value}
            className="relative flex items-center gap-2 rounded-lg border bg-card px-3 py-1.5 text-caption transition-colors has-checked:border-foreground has-checked:ring-1 has-checked:ring-foreground has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring max-sm:min-h-10 hover:bg-muted"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {option.label}
            {option.hint && <span className="text-muted-foreground tabular-nums">{option.hint}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
