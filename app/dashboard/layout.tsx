import { SiteHeader } from "@/components/layout/site-header";

export default function DashboardLayout({ children }: LayoutProps<"/dashboard">) {
  return (
    <>
      <SiteHeader />
      <main className="mx-auto max-w-5xl px-4 pt-8 pb-20 sm:px-6">{children}</main>
    </>
  );
}
