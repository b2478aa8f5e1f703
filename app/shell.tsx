import { Suspense } from "react";
import { AppFrame } from "@/components/layout/app-frame";
import { SiteFrame } from "@/components/layout/site-frame";
import { UsageIndicator } from "@/components/layout/usage-indicator";
import { LivePage } from "@/components/live/live-page";
import { Skeleton } from "@/components/ui/skeleton";
import { getUser } from "@/lib/auth/get-user";
import { getBalance } from "@/lib/credits/get-balance";
import { getUsageIndicator } from "@/lib/credits/get-usage-indicator";
import { liveSettings } from "@/lib/live/live-settings";
import { outcome } from "@/lib/outcome";

/** The frame of every page. */
export async function Shell({ children }: { children: React.ReactNode }) {
  const user = await getUser();
  const live = (
    <Suspense>
      <UpToDate account={user?.id ?? null} />
    </Suspense>
  );
  if (!user)
    return (
      <SiteFrame>
        {children}
        {live}
      </SiteFrame>
    );
  const indicator = (
    <Suspense fallback={<Skeleton className="h-10 w-28 sm:w-48" />}>
      <Indicator />
    </Suspense>
  );
  return (
    <AppFrame email={user.email} indicator={indicator}>
      {children}
      {live}
    </AppFrame>
  );
}

/** When the balance cannot be read, the page below says so and this stays away. */
async function Indicator() {
  const read = await outcome(getUsageIndicator());
  return read.ok ? <UsageIndicator {...read.data} /> : null;
}

/** Of what the page shows: where the balance cannot be read, the first answer is news. */
async function UpToDate({ account }: { account: string | null }) {
  const balance = account === null ? null : await outcome(getBalance());
  const total = balance?.ok ? balance.data.total : null;
  return <LivePage account={account} total={total} settings={liveSettings()} />;
}
