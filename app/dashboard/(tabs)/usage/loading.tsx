import { PanelSkeleton } from "@/components/panel-skeleton";

export default function UsageLoading() {
  return <PanelSkeleton lines={10} />;
}
