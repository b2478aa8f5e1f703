import { Shell } from "@/app/shell";

export default function DashboardLayout({ children }: LayoutProps<"/dashboard">) {
  return <Shell>{children}</Shell>;
}
