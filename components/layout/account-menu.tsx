"use client";

import { CircleUser, LogOut } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import { startTransition } from "react";
import { Button } from "@/components/ui/button";
import { signOutAction } from "@/lib/actions/session";

// Narrow screens have no room for these in the header.
const pages = [
  { href: "/dashboard", label: "Dashboard" },
  { href: "/dashboard/playground", label: "Playground" },
  { href: "/pricing", label: "Pricing" },
] as const;

const item =
  "flex cursor-pointer items-center gap-2 rounded-lg px-3 py-2 outline-none data-highlighted:bg-muted [&_svg]:size-4";

export function AccountMenu({ email }: { email: string }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button variant="ghost" size="icon" aria-label="Account">
          <CircleUser aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="z-30 min-w-56 rounded-xl border bg-card p-1 text-sm shadow-xl"
        >
          <DropdownMenu.Label className="truncate px-3 py-2 text-[13px] text-muted-foreground">
            {email}
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="my-1 h-px bg-border" />
          {pages.map(({ href, label }) => (
            <DropdownMenu.Item key={href} asChild className={`${item} sm:hidden`}>
              <Link href={href}>{label}</Link>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Item onSelect={() => startTransition(signOutAction)} className={item}>
            <LogOut aria-hidden />
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
