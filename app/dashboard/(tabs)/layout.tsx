import { WandSparkles } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { type Segment, SegmentedNav } from "@/components/ui/segmented-nav";

const tabs: Segment[] = [
  { href: "/dashboard", label: "Overview" },
  { href: "/dashboard/usage", label: "Usage" },
  { href: "/dashboard/billing", label: "Billing" },
];

export default function TabsLayout({ children }: LayoutProps<"/dashboard">) {
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
      {children}
    </>
  );
}
