import { control } from "@/components/ui/control";
import { cn } from "@/lib/utils";

export function TextArea({ label, ...props }: React.ComponentProps<"textarea"> & { label: string }) {
  return (
    <label className="block">
      <span className="mb-1.5 block text-caption font-medium">{label}</span>
      <textarea rows={2} className={cn(control, "py-2")} {...props} />
    </label>
  );
}
