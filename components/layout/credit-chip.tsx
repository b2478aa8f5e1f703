import { Coins } from "lucide-react";
import Link from "next/link";
import { getBalance } from "@/lib/credits/get-balance";
import { formatCredits } from "@/lib/format";
import { outcome } from "@/lib/outcome";

/** The balance in the header; when it cannot be read, the page below says so and this stays away. */
export async function CreditChip() {
  const balance = await outcome(getBalance());
  if (!balance.ok) return null;
  const credits = formatCredits(balance.data.total);
  return (
    <Link
      href="/dashboard"
      aria-label={`${credits} credits`}
      className="flex h-8 items-center gap-1.5 rounded-full border bg-card px-3 text-[13px] font-medium tabular-nums hover:bg-muted"
    >
      <Coins className="size-3.5 text-subscription" aria-hidden />
      {credits}
    </Link>
  );
}
