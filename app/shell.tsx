import { Suspense } from "react";
import { AppFrame } from "@/components/layout/app-frame";
import { SiteFrame } from "@/components/layout/site-frame";
import { UsageIndicator } from "@/components/layout/usage-indicator";
import { Skeleton } from "@/components/ui/skeleton";
import { getUser } from "@/lib/auth/get-user";
import { getUsageIndicator } from "@/lib/credits/get-usage-indicator";
import { outcome } from "@/lib/outcome";

/** The frame of every page. */
export async function Shell({ children }: { children: React.ReactNode }) {
  const user = await getUser();
  if (!user) return <SiteFrame>{children}</SiteFrame>;
  const indicator = (
    <Suspense fallback={<Skeleton className="h-10 w-28 sm:w-48" />}>
      <Indicator />
    </Suspense>
  );
  return (
    <AppFrame email={user.email} indicator={indicator}>
      {children}
    </AppFrame>
  );
}

/** When the balance cannot be read, the page below says so and this stays away. */
async function Indicator() {
  const read = await outcome(getUsageIndicator());
  return read.ok ? <UsageIndicator {...read.data} /> : null;
}
