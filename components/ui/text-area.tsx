import { useId } from "react";
import { FieldError } from "@/components/ui/field";

export function TextArea({
  label,
  error,
  ...props
}: React.ComponentProps<"textarea"> & { label: string; error?: string }) {
  const id = useId();
  return (
    <label className="block">
      <span className="mb-1.5 block text-[13px] font-medium">{label}</span>
      <textarea
        rows={2}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        className="w-full rounded-lg border bg-card px-3 py-2 text-sm shadow-xs placeholder:text-muted-foreground/70 aria-invalid:border-negative"
        {...props}
      />
      <FieldError id={id}>{error}</FieldError>
    </label>
  );
}
