import { cn } from "@/lib/utils";

/** Why a form was not taken: read out as soon as it is there. */
export function FormError({ className, children }: { className?: string; children: string }) {
  return (
    <p role="alert" className={cn("text-caption text-negative", className)}>
      {children}
    </p>
  );
}
