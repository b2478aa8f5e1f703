"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/lib/utils";

export type Segment = { href: Route; label: string };

/** A segmented control whose segments are pages. */
export function SegmentedNav({ label, segments }: { label: string; segments: Segment[] }) {
  const path = usePathname();
  return (
    <nav aria-label={label} className="flex rounded-xl border bg-muted p-1 sm:inline-flex">
      {segments.map(({ href, label: text }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? "page" : undefined}
          className={cn(
            "flex-1 rounded-lg px-4 py-1.5 text-center text-sm font-medium text-muted-foreground transition-colors hover:text-foreground sm:px-5",
            path === href && "bg-raised text-foreground shadow-xs ring-1 ring-border",
          )}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
