import type { Pack } from "@/lib/billing/get-catalog";
import { formatPrice } from "@/lib/format";

/** Packs as information, for who may not be able to buy them yet. */
export function PackList({ packs }: { packs: Pack[] }) {
  if (packs.length === 0) return null;
  return (
    <section className="mt-12" aria-labelledby="packs">
      <h2 id="packs" className="font-medium tracking-tight">
        Permanent credits
      </h2>
      <p className="mt-0.5 text-[13px] text-muted-foreground">
        Packs for subscribers. These credits do not expire.
      </p>
      <ul className="mt-4 grid grid-cols-2 gap-3 md:grid-cols-4">
        {packs.map((pack) => (
          <li key={pack.lookupKey} className="rounded-xl border bg-card p-4 shadow-xs">
            <p className="flex items-center gap-1.5 text-[13px]">
              <span className="size-2 rounded-full bg-permanent" aria-hidden />
              {pack.name}
            </p>
            <p className="mt-1 text-lg font-semibold tabular-nums">
              {formatPrice(pack.priceCents, pack.currency)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
