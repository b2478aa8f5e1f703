import { cva, type VariantProps } from "class-variance-authority";
import { cn } from "@/lib/utils";

const styles = cva(
  "inline-flex h-6 items-center gap-1.5 rounded-full border px-2.5 text-xs font-medium whitespace-nowrap",
  {
    variants: {
      tone: {
        neutral: "bg-muted text-muted-foreground",
        positive: "border-positive/25 bg-positive/8 text-positive",
        warning: "border-warning/30 bg-warning/8 text-warning",
        negative: "border-negative/25 bg-negative/8 text-negative",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type Tone = NonNullable<VariantProps<typeof styles>["tone"]>;

export function Badge({ tone, className, ...props }: React.ComponentProps<"span"> & { tone?: Tone }) {
  return <span className={cn(styles({ tone }), className)} {...props} />;
}
