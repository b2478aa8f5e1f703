import { formatSignedCredits } from "@/lib/format";
import { cn } from "@/lib/utils";

export function SignedCredits({ credits }: { credits: number }) {
  return (
    <span className={cn("font-medium tabular-nums", credits > 0 ? "text-positive" : "text-negative")}>
      {formatSignedCredits(credits)}
    </span>
  );
}
