"use client";

import { useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/utils";

/** The browser's own: it lies above all, and closes by Escape and by a click elsewhere. Where it cannot be placed at its button it lies in the middle. */
const layer =
  "inset-auto m-1.5 rounded-xl border bg-card text-sm text-foreground shadow-xl transition-[opacity,display] transition-discrete not-open:opacity-0 starting:open:opacity-0 not-supports-[position-area:bottom]:inset-0 not-supports-[position-area:bottom]:m-auto";

type PopoverProps = { label: string; trigger: React.ReactNode; children: React.ReactNode };

/** Opens on a click. */
export function PopoverButton({ label, trigger, children }: PopoverProps) {
  const id = useId();
  return (
    <>
      <Button variant="ghost" size="icon" aria-label={label} aria-haspopup="dialog" popoverTarget={id}>
        {trigger}
      </Button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={cn(layer, "min-w-56 p-1 [position-area:bottom_span-left]")}
      >
        {children}
      </div>
    </>
  );
}

/** Opens on hover, on keyboard focus and on tap: a tooltip does not open on touch, a popover not on hover. */
export function HoverPopover({ label, trigger, children }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const show = () => content.current?.showPopover({ source: button.current ?? undefined });
  const hide = () => content.current?.hidePopover();
  const onMouse = (act: () => void) => (event: React.PointerEvent) => {
    if (event.pointerType === "mouse") act();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={label}
        aria-haspopup="dialog"
        popoverTarget={id}
        popoverTargetAction="show"
        className="relative grid size-7 cursor-help after:absolute after:-inset-2 place-items-center rounded-full text-muted-foreground hover:text-foreground"
        onPointerEnter={onMouse(show)}
        onPointerLeave={onMouse(hide)}
        onFocus={show}
        onBlur={hide}
      >
        {trigger}
      </button>
      <div
        ref={content}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={cn(
          layer,
          "w-72 p-4 [position-area:bottom_span-right] [position-try-fallbacks:flip-inline,flip-block,flip-inline_flip-block]",
        )}
      >
        {children}
      </div>
    </>
  );
}
