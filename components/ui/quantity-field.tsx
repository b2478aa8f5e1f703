"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";

/** A number of units: what is typed counts once it is one that is on offer. */
export function QuantityField({
  label,
  hint,
  value,
  min,
  max,
  isWhole,
  onChange,
}: {
  label: string;
  hint: string;
  value: number;
  min: number;
  max: number;
  isWhole: boolean;
  onChange: (value: number) => void;
}) {
  const [text, setText] = useState(String(value));
  const type = (input: HTMLInputElement) => {
    setText(input.value);
    if (input.validity.valid && input.value !== "" && input.valueAsNumber !== value)
      onChange(input.valueAsNumber);
  };
  return (
    <Field
      label={label}
      hint={hint}
      type="number"
      value={text}
      min={min}
      max={max}
      step={isWhole ? 1 : "any"}
      required
      onChange={(event) => type(event.target)}
      onBlur={() => setText(String(value))}
    />
  );
}
