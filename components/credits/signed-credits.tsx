import { useFormats } from "@/components/use-formats";
import { cn } from "@/lib/utils";

export function SignedCredits({ credits }: { credits: number }) {
  const { signed } = useFormats();
  return (
    <span className={cn("font-medium tabular-nums", credits > 0 ? "text-positive" : "text-negative")}>
      {signed(credits)}
    </span>
  );
}
