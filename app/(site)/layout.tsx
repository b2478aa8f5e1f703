import { SiteHeader } from "@/components/layout/site-header";

export default function SiteLayout({ children }: LayoutProps<"/">) {
  return (
    <>
      <SiteHeader />
      <main className="mx-auto max-w-5xl px-4 pb-20 sm:px-6">{children}</main>
    </>
  );
}
