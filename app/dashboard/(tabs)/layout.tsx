import { WandSparkles } from "lucide-react";
import Link from "next/link";
import { AccountNotices } from "@/components/billing/account-notices";
import { TrialBanner } from "@/components/billing/trial-banner";
import { Button } from "@/components/ui/button";
import { type Segment, SegmentedNav } from "@/components/ui/segmented-nav";
import { requireUser } from "@/lib/auth/get-user";
import { getNotices } from "@/lib/billing/get-notices";
import { getOverview } from "@/lib/billing/get-overview";
import { outcome } from "@/lib/outcome";

const tabs: Segment[] = [
  { href: "/dashboard", label: "Overview" },
  { href: "/dashboard/usage", label: "Usage" },
  { href: "/dashboard/billing", label: "Billing" },
];

export default async function TabsLayout({ children }: LayoutProps<"/dashboard">) {
  await requireUser("/dashboard");
  const [notices, overview] = await Promise.all([outcome(getNotices()), outcome(getOverview())]);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl font-semibold tracking-tight">Dashboard</h1>
        <Button asChild variant="outline" size="sm" className="sm:order-last">
          <Link href="/dashboard/playground">
            <WandSparkles aria-hidden />
            Playground
          </Link>
        </Button>
        <div className="w-full sm:mx-auto sm:w-auto">
          <SegmentedNav label="Dashboard" segments={tabs} />
        </div>
      </div>
      {overview.ok && <TrialBanner overview={overview.data} />}
      {notices.ok && <AccountNotices notices={notices.data} />}
      {children}
    </>
  );
}
