import { useTranslations } from "next-intl";
import { Logo } from "@/components/layout/logo";
import { SkipLink } from "@/components/layout/skip-link";
import { ThemeToggle } from "@/components/layout/theme-toggle";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";

/** Around every page of a visitor. */
export function SiteFrame({ children }: { children: React.ReactNode }) {
  const words = useTranslations("frame");
  return (
    <>
      <SkipLink />
      <header className="sticky top-0 z-20 border-b bg-background print:hidden">
        <div className="mx-auto flex h-14 max-w-6xl items-center gap-2 px-4 sm:px-6">
          <Logo href="/" />
          <nav aria-label={words("main")} className="ml-2 flex flex-1 items-center sm:ml-4">
            <Link
              href="/pricing"
              className="rounded-md px-3 py-2.5 text-sm text-muted-foreground hover:text-foreground"
            >
              {words("pricing")}
            </Link>
          </nav>
          <ThemeToggle />
          <Button asChild size="sm">
            <Link href="/login">{words("signIn")}</Link>
          </Button>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-6xl px-4 pt-8 pb-20 outline-none sm:px-6 print:p-0"
      >
        {children}
      </main>
    </>
  );
}
