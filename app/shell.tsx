import { AppFrame } from "@/components/layout/app-frame";
import { SiteFrame } from "@/components/layout/site-frame";
import { UsageIndicator } from "@/components/layout/usage-indicator";
import { LivePage } from "@/components/live/live-page";
import { getUser } from "@/lib/auth/get-user";
import { getBalance } from "@/lib/credits/get-balance";
import { getUsageIndicator } from "@/lib/credits/get-usage-indicator";
import { liveSettings } from "@/lib/live/live-settings";
import { outcome } from "@/lib/outcome";

/** The frame of every page. */
export async function Shell({ children }: { children: React.ReactNode }) {
  const user = await getUser();
  if (!user)
    return (
      <SiteFrame>
        {children}
        <LivePage account={null} total={null} settings={liveSettings()} />
      </SiteFrame>
    );
  const [indicator, balance] = await Promise.all([outcome(getUsageIndicator()), outcome(getBalance())]);
  // What cannot be read stays away here, and the page below says so; to the live page the first answer is news then.
  return (
    <AppFrame email={user.email} indicator={indicator.ok && <UsageIndicator {...indicator.data} />}>
      {children}
      <LivePage account={user.id} total={balance.ok ? balance.data.total : null} settings={liveSettings()} />
    </AppFrame>
  );
}
