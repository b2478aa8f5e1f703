import { Info, TriangleAlert } from "lucide-react";
import { creditKinds } from "@/components/credits/credit-kinds";
import { HoverPopover } from "@/components/ui/hover-popover";
import { Notice } from "@/components/ui/notice";
import type { Refill } from "@/lib/billing/get-overview";
import type { Balance } from "@/lib/credits/get-balance";
import { countCredits, formatCredits, formatDate, formatDaysUntil } from "@/lib/format";

type CreditBalanceProps = { balance: Balance; refill: Refill | null; frozenCredits: number };

export function CreditBalance({ balance, refill, frozenCredits }: CreditBalanceProps) {
  const kinds = creditKinds(balance);
  return (
    <div className="space-y-5">
      <div className="flex items-center gap-1.5">
        <p className="text-5xl font-semibold tracking-tighter tabular-nums" data-testid="total-credits">
          {formatCredits(balance.total)}
        </p>
        <HoverPopover
          label="How these credits are made up"
          trigger={<Info className="size-4.5" aria-hidden />}
        >
          <ul className="space-y-3">
            {kinds.map((kind) => (
              <li key={kind.label} className="flex items-start justify-between gap-4">
                <span className="flex gap-2">
                  <span className={`mt-1.5 size-2 rounded-full ${kind.colour}`} aria-hidden />
                  <span>
                    {kind.label}
                    <span className="block text-xs text-muted-foreground">{kind.note}</span>
                  </span>
                </span>
                <span className="font-medium tabular-nums">{formatCredits(kind.credits)}</span>
              </li>
            ))}
          </ul>
        </HoverPopover>
      </div>
      <CreditBar total={balance.total} kinds={kinds} />
      {balance.expiresSoon && (
        <Notice tone="warning" icon={<TriangleAlert aria-hidden />}>
          {countCredits(balance.expiresSoon.credits)}{" "}
          {balance.expiresSoon.credits === 1 ? "expires" : "expire"}{" "}
          {formatDaysUntil(balance.asOf, balance.expiresSoon.at)}, on {formatDate(balance.expiresSoon.at)}.
          {refill && ` ${formatCredits(refill.credits)} new ones come on ${formatDate(refill.at)}.`}
        </Notice>
      )}
      {frozenCredits > 0 && (
        <p className="text-[13px] text-muted-foreground">
          {countCredits(frozenCredits)} {frozenCredits === 1 ? "is" : "are"} frozen for now, and not counted
          here.
        </p>
      )}
      {balance.total === 0 && frozenCredits === 0 && (
        <p className="text-[13px] text-muted-foreground">There is nothing to spend at the moment.</p>
      )}
    </div>
  );
}

/** The shares as widths. The numbers stand beside it, so it is hidden from screen readers. */
function CreditBar({ total, kinds }: { total: number; kinds: ReturnType<typeof creditKinds> }) {
  const shown = kinds.filter((kind) => kind.credits > 0);
  return (
    <div>
      <div className="flex h-2 gap-0.5 overflow-hidden rounded-full bg-muted" aria-hidden>
        {shown.map((kind) => (
          <div
            key={kind.label}
            className={kind.colour}
            style={{ width: `${(100 * kind.credits) / total}%` }}
          />
        ))}
      </div>
      <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-[13px] text-muted-foreground">
        {shown.map((kind) => (
          <li key={kind.label} className="flex items-center gap-1.5">
            <span className={`size-2 rounded-full ${kind.colour}`} aria-hidden />
            {kind.label}
            <span className="font-medium text-foreground tabular-nums">{formatCredits(kind.credits)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
