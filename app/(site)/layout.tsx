import { Shell } from "@/app/shell";

export default function SiteLayout({ children }: LayoutProps<"/">) {
  return <Shell>{children}</Shell>;
}
