"use client";

import { DropdownMenu } from "radix-ui";

export const menuItem =
  "flex min-h-10 cursor-pointer items-center gap-2.5 rounded-lg px-3 outline-none data-highlighted:bg-muted sm:min-h-9 [&_svg]:size-4";

/** What a button opens; its items are those of DropdownMenu, with `menuItem` for their look. */
export function Menu({ trigger, children }: { trigger: React.ReactNode; children: React.ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-30 min-w-56 rounded-xl border bg-card p-1 text-sm shadow-xl data-[state=open]:animate-in data-[state=open]:fade-in"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuLabel({ children }: { children: React.ReactNode }) {
  return (
    <DropdownMenu.Label className="max-w-64 truncate px-3 py-2 text-caption text-muted-foreground">
      {children}
    </DropdownMenu.Label>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-border" />;
}
