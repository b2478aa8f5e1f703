import { useId } from "react";
import { control } from "@/components/ui/control";

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
      <span className="mb-1.5 block text-caption font-medium">{label}</span>
      <input
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        className={control}
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
