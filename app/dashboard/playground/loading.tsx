import { PanelSkeleton } from "@/components/panel-skeleton";

export default function PlaygroundLoading() {
  return <PanelSkeleton lines={8} />;
}
