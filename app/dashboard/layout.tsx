import { Shell } from "@/app/shell";
import { ClosedAccount } from "@/components/billing/closed-account";
import { getOverview } from "@/lib/billing/get-overview";
import { outcome } from "@/lib/outcome";

export default async function DashboardLayout({ children }: LayoutProps<"/dashboard">) {
  const overview = await outcome(getOverview());
  return <Shell>{overview.ok && overview.data.isErased ? <ClosedAccount /> : children}</Shell>;
}
