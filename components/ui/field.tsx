import { useId } from "react";

/** What is amiss with what was typed is said at the field, to the eye and to screen readers. */
export function Field({
  label,
  hint,
  error,
  ...props
}: React.ComponentProps<"input"> & { label: string; hint?: string; error?: string }) {
  const id = useId();
  return (
    <label className="block">
      <span className="mb-1.5 block text-[13px] font-medium">{label}</span>
      <input
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        className="h-10 w-full rounded-lg border bg-card px-3 text-sm shadow-xs placeholder:text-muted-foreground/70 aria-invalid:border-negative"
        {...props}
      />
      <FieldError id={id}>{error}</FieldError>
      {hint && <span className="mt-1.5 block text-xs text-muted-foreground">{hint}</span>}
    </label>
  );
}

export function FieldError({ id, children }: { id: string; children: string | undefined }) {
  if (!children) return null;
  return (
    <span id={id} className="mt-1.5 block text-xs text-negative">
      {children}
    </span>
  );
}
