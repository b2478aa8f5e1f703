"use client";

import type { Route } from "next";
import { GoalLink, useGoal } from "@/components/layout/goal";
import { cn } from "@/lib/utils";

type Segment = { href: Route; label: string };

/** A segmented control whose segments are pages. */
export function SegmentedNav({ label, segments }: { label: string; segments: Segment[] }) {
  const path = useGoal();
  return (
    <nav aria-label={label} className="flex w-full rounded-xl border bg-muted p-1 sm:w-auto print:hidden">
      {segments.map(({ href, label: text }) => (
        <GoalLink
          key={href}
          href={href}
          aria-current={path === href ? "page" : undefined}
          className={cn(
            "grid min-h-10 flex-1 place-items-center rounded-lg px-4 text-sm font-medium text-muted-foreground transition-colors hover:text-foreground sm:min-h-8 sm:px-5",
            path === href && "bg-raised text-foreground shadow-xs ring-1 ring-border",
          )}
        >
          {text}
        </GoalLink>
      ))}
    </nav>
  );
}
