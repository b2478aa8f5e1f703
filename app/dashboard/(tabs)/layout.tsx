import { getTranslations } from "next-intl/server";
import { AccountNotices } from "@/components/billing/account-notices";
import { BillingSkeleton } from "@/components/billing/billing-skeleton";
import { TrialBanner } from "@/components/billing/trial-banner";
import { Arriving } from "@/components/layout/goal";
import { SegmentedNav } from "@/components/layout/segmented-nav";
import { OverviewSkeleton } from "@/components/overview/overview-skeleton";
import { UsageSkeleton } from "@/components/usage/usage-skeleton";
import { requireUser } from "@/lib/auth/get-user";
import { getNotices } from "@/lib/billing/get-notices";
import { getOverview } from "@/lib/billing/get-overview";
import { outcome } from "@/lib/outcome";

export default async function TabsLayout({ children }: LayoutProps<"/dashboard">) {
  await requireUser("/dashboard");
  const [words, notices, overview] = await Promise.all([
    getTranslations("frame"),
    outcome(getNotices()),
    outcome(getOverview()),
  ]);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4 print:hidden">
        <h1 className="text-2xl font-semibold tracking-tight">{words("dashboard")}</h1>
        <SegmentedNav
          label={words("dashboard")}
          segments={[
            { href: "/dashboard", label: words("overview") },
            { href: "/dashboard/usage", label: words("usage") },
            { href: "/dashboard/billing", label: words("billing") },
          ]}
        />
      </div>
      {overview.ok && <TrialBanner overview={overview.data} />}
      {notices.ok && <AccountNotices notices={notices.data} />}
      <Arriving outlines={outlines}>{children}</Arriving>
    </>
  );
}

const outlines = {
  "/dashboard": <OverviewSkeleton />,
  "/dashboard/usage": <UsageSkeleton />,
  "/dashboard/billing": <BillingSkeleton />,
};
