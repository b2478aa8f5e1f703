import { PanelSkeleton } from "@/components/panel-skeleton";

export default function OverviewLoading() {
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <PanelSkeleton lines={3} />
      <PanelSkeleton lines={3} />
      <PanelSkeleton lines={4} />
      <PanelSkeleton lines={4} />
    </div>
  );
}
