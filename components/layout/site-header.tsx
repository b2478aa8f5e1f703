import Link from "next/link";
import { Suspense } from "react";
import { AccountMenu } from "@/components/layout/account-menu";
import { CreditChip } from "@/components/layout/credit-chip";
import { Logo } from "@/components/layout/logo";
import { ThemeToggle } from "@/components/layout/theme-toggle";
import { Button } from "@/components/ui/button";
import { getUser } from "@/lib/auth/get-user";

const link = "hidden rounded-md px-3 py-1.5 text-sm text-muted-foreground hover:text-foreground sm:block";

export async function SiteHeader() {
  const user = await getUser();
  return (
    <header className="sticky top-0 z-20 border-b bg-background/85 backdrop-blur">
      <div className="mx-auto flex h-14 max-w-5xl items-center gap-2 px-4 sm:px-6">
        <Logo href={user ? "/dashboard" : "/"} />
        <nav aria-label="Main" className="ml-4 flex flex-1 items-center">
          {user && (
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
        {user && (
          <Suspense>
            <CreditChip />
          </Suspense>
        )}
        <ThemeToggle />
        {user ? (
          <AccountMenu email={user.email} />
        ) : (
          <Button asChild size="sm">
            <Link href="/login">Sign in</Link>
          </Button>
        )}
      </div>
    </header>
  );
}
