import { Suspense } from "react";
import { CreditChip } from "@/components/layout/credit-chip";
import { SiteHeader } from "@/components/layout/site-header";
import { Skeleton } from "@/components/ui/skeleton";
import { getUser } from "@/lib/auth/get-user";
import { getBalance } from "@/lib/credits/get-balance";
import { outcome } from "@/lib/outcome";

/** The frame of every page. */
export async function Shell({ children }: { children: React.ReactNode }) {
  const user = await getUser();
  const chip = (
    <Suspense fallback={<Skeleton className="h-8 w-20 rounded-full" />}>
      <Credits />
    </Suspense>
  );
  return (
    <>
      <SiteHeader email={user?.email ?? null} chip={user && chip} />
      <main className="mx-auto max-w-5xl px-4 pt-8 pb-20 sm:px-6">{children}</main>
    </>
  );
}

/** When the balance cannot be read, the page below says so and this stays away. */
async function Credits() {
  const balance = await outcome(getBalance());
  return balance.ok ? <CreditChip credits={balance.data.total} /> : null;
}
