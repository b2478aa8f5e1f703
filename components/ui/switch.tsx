"use client";

import { Switch as Primitive } from "radix-ui";

/** On or off, with its label. */
export function Switch({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is one
    <label className="flex w-fit cursor-pointer items-center gap-3 max-sm:min-h-10 text-sm font-medium">
      <Primitive.Root
        checked={checked}
        onCheckedChange={onChange}
        className="h-6 w-10 shrink-0 cursor-pointer rounded-full border bg-muted p-0.5 transition-colors data-[state=checked]:border-primary data-[state=checked]:bg-primary"
      >
        <Primitive.Thumb className="block size-4.5 rounded-full bg-card shadow-xs ring-1 ring-border transition-transform data-[state=checked]:translate-x-4" />
      </Primitive.Root>
      {label}
    </label>
  );
}
