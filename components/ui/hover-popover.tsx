"use client";

import { Popover } from "radix-ui";
import { useState } from "react";

/** Opens on hover, on keyboard focus and on tap: a tooltip does not open on touch, a popover not on hover. */
export function HoverPopover({
  label,
  trigger,
  children,
}: {
  label: string;
  trigger: React.ReactNode;
  children: React.ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const onMouse = (next: boolean) => (event: React.PointerEvent) => {
    if (event.pointerType === "mouse") setOpen(next);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Anchor asChild>
        <button
          type="button"
          aria-label={label}
          aria-haspopup="dialog"
          aria-expanded={open}
          className="relative grid size-7 cursor-help after:absolute after:-inset-2 place-items-center rounded-full text-muted-foreground hover:text-foreground"
          onPointerEnter={onMouse(true)}
          onPointerLeave={onMouse(false)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onClick={() => setOpen(true)}
        >
          {trigger}
        </button>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          sideOffset={8}
          align="start"
          collisionPadding={12}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-30 w-72 rounded-xl border bg-card p-4 text-sm shadow-xl data-[state=open]:animate-in data-[state=open]:fade-in data-[state=open]:slide-in-from-top-1"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
