import { PanelSkeleton } from "@/components/panel-skeleton";

export default function BillingLoading() {
  return (
    <div className="space-y-4">
      <PanelSkeleton lines={2} />
      <PanelSkeleton lines={6} />
    </div>
  );
}
