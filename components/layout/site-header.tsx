import Link from "next/link";
import { AccountMenu } from "@/components/layout/account-menu";
import { Logo } from "@/components/layout/logo";
import { ThemeToggle } from "@/components/layout/theme-toggle";
import { Button } from "@/components/ui/button";

const link = "hidden rounded-md px-3 py-1.5 text-sm text-muted-foreground hover:text-foreground sm:block";

/** `email` is null for a visitor; `chip` is the balance of who is signed in. */
export function SiteHeader({ email, chip }: { email: string | null; chip: React.ReactNode }) {
  return (
    <header className="sticky top-0 z-20 border-b bg-background/85 backdrop-blur">
      <div className="mx-auto flex h-14 max-w-5xl items-center gap-2 px-4 sm:px-6">
        <Logo href={email ? "/dashboard" : "/"} />
        <nav aria-label="Main" className="ml-4 flex flex-1 items-center">
          {email && (
            <>
              <Link href="/dashboard" className={link}>
                Dashboard
              </Link>
              <Link href="/dashboard/playground" className={link}>
                Playground
              </Link>
            </>
          )}
          <Link href="/pricing" className={link}>
            Pricing
          </Link>
        </nav>
        {chip}
        <ThemeToggle />
        {email ? (
          <AccountMenu email={email} />
        ) : (
          <Button asChild size="sm">
            <Link href="/login">Sign in</Link>
          </Button>
        )}
      </div>
    </header>
  );
}
