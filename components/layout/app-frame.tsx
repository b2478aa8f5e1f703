import { AccountMenu } from "@/components/layout/account-menu";
import { GoalProvider } from "@/components/layout/goal";
import { Logo } from "@/components/layout/logo";
import { MainNav } from "@/components/layout/main-nav";
import { SkipLink } from "@/components/layout/skip-link";

/** Around every page of who is signed in. On a phone the list of pages lies under the thumb, and the page ends above it. */
export function AppFrame({
  email,
  indicator,
  children,
}: {
  email: string;
  indicator: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <GoalProvider>
      <div className="md:pl-20 xl:pl-60 print:p-0">
        <SkipLink />
        <div className="fixed inset-x-0 bottom-0 z-20 border-t bg-background pb-[env(safe-area-inset-bottom)] md:inset-y-0 md:right-auto md:w-20 md:border-t-0 md:border-r md:px-2 xl:w-60 xl:px-3 print:hidden">
          <MainNav>
            <div className="hidden h-14 items-center justify-center md:flex xl:justify-start xl:px-3">
              <Logo href="/dashboard" textClassName="md:max-xl:sr-only" />
            </div>
          </MainNav>
        </div>
        <header className="sticky top-0 z-20 border-b bg-background print:hidden">
          <div className="mx-auto flex h-14 max-w-wide items-center gap-1 px-4 sm:px-6 lg:px-8">
            <div className="mr-auto md:hidden">
              <Logo href="/dashboard" textClassName="max-sm:sr-only" />
            </div>
            <div className="md:ml-auto">{indicator}</div>
            <AccountMenu email={email} />
          </div>
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto max-w-wide px-4 pt-6 pb-28 outline-none sm:px-6 md:pt-8 md:pb-20 lg:px-8 print:p-0"
        >
          {children}
        </main>
      </div>
    </GoalProvider>
  );
}
