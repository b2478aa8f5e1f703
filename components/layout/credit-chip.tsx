import { Coins } from "lucide-react";
import Link from "next/link";
import { countCredits, formatCredits } from "@/lib/format";

export function CreditChip({ credits }: { credits: number }) {
  return (
    <Link
      href="/dashboard"
      aria-label={countCredits(credits)}
      className="flex h-8 items-center gap-1.5 rounded-full border bg-card px-3 text-[13px] font-medium tabular-nums hover:bg-muted"
    >
      <Coins className="size-3.5 text-subscription" aria-hidden />
      {formatCredits(credits)}
    </Link>
  );
}
