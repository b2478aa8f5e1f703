"use client";

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
    <label className="flex w-fit cursor-pointer items-center gap-3 text-sm font-medium max-sm:min-h-10">
      <input
        type="checkbox"
        role="switch"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="h-6 w-10 shrink-0 cursor-pointer appearance-none rounded-full border bg-muted p-0.5 transition-colors before:block before:size-4.5 before:rounded-full before:bg-card before:shadow-xs before:ring-1 before:ring-border before:transition-transform checked:border-primary checked:bg-primary checked:before:translate-x-4 forced-colors:appearance-auto"
      />
      {label}
    </label>
  );
}
