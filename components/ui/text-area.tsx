import { useId } from "react";
import { control } from "@/components/ui/control";
import { FieldError } from "@/components/ui/field";
import { cn } from "@/lib/utils";

export function TextArea({
  label,
  error,
  ...props
}: React.ComponentProps<"textarea"> & { label: string; error?: string }) {
  const id = useId();
  return (
    <label className="block">
      <span className="mb-1.5 block text-caption font-medium">{label}</span>
      <textarea
        rows={2}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        className={cn(control, "py-2")}
        {...props}
      />
      <FieldError id={id}>{error}</FieldError>
    </label>
  );
}
