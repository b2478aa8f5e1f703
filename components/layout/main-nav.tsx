"use client";

import { ChartColumn, CreditCard, LayoutDashboard, type LucideIcon, Tags, WandSparkles } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { GoalLink, useGoal } from "@/components/layout/goal";
import { cn } from "@/lib/utils";

const pages = [
  { href: "/dashboard", word: "dashboard", icon: LayoutDashboard },
  { href: "/dashboard/usage", word: "usage", icon: ChartColumn },
  { href: "/dashboard/billing", word: "billing", icon: CreditCard },
  { href: "/dashboard/playground", word: "playground", icon: WandSparkles },
  { href: "/pricing", word: "pricing", icon: Tags },
] as const satisfies { href: Route; word: string; icon: LucideIcon }[];

/** The pages, one list in three shapes: a bar under the thumb, a rail, and a sidebar where there is room. */
export function MainNav({ children }: { children: React.ReactNode }) {
  const words = useTranslations("frame");
  const path = useGoal();
  return (
    <nav aria-label={words("main")} className="flex-1">
      {children}
      <ul className="mx-auto flex max-w-lg md:flex-col md:gap-1">
        {pages.map(({ href, word, icon: Icon }) => {
          const isHere = path === href || (href !== "/dashboard" && path.startsWith(`${href}/`));
          return (
            <li key={href} className="min-w-0 flex-1">
              <GoalLink
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={cn(
                  "flex h-14 flex-col items-center justify-center gap-0.5 rounded-lg md:gap-1 text-[11px] font-medium text-muted-foreground transition-colors hover:text-foreground",
                  "xl:h-9 xl:flex-row xl:justify-start xl:gap-3 xl:px-3 xl:text-sm",
                  isHere ? "text-foreground md:bg-muted" : "md:hover:bg-muted/60",
                )}
              >
                <Icon
                  className={cn(
                    "h-6 w-12 shrink-0 rounded-full p-0.5 md:size-5 md:p-0 xl:size-4",
                    isHere && "stroke-[2.4] max-md:bg-muted",
                  )}
                  aria-hidden
                />
                <span className="max-w-full truncate">{words(word)}</span>
              </GoalLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
