"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Primitive } from "radix-ui";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import { cn } from "@/lib/utils";

export const DialogClose = Primitive.Close;

export function Dialog({
  open,
  onOpenChange,
  opener,
  title,
  description,
  className = "max-w-md",
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Where the focus goes when it closes, if not to where it was. */
  opener?: React.RefObject<HTMLElement | null>;
  title: string;
  description: string;
  className?: string;
  children: React.ReactNode;
}) {
  const words = useTranslations("common");
  const focus = useReturnFocus(opener);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/45 data-[state=closed]:animate-out data-[state=closed]:fade-out data-[state=open]:animate-in data-[state=open]:fade-in" />
        <Primitive.Content
          {...focus}
          className={cn(
            "fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-2xl border bg-background p-5 shadow-2xl sm:p-7",
            // On a phone it rises from below, where the thumb is.
            "max-sm:top-auto max-sm:bottom-0 max-sm:left-0 max-sm:max-h-[92dvh] max-sm:w-full max-sm:max-w-none max-sm:translate-0 max-sm:overscroll-contain max-sm:rounded-b-none max-sm:border-x-0 max-sm:border-b-0 max-sm:pb-[calc(1.25rem+env(safe-area-inset-bottom))] max-sm:data-[state=open]:slide-in-from-bottom-12",
            "data-[state=closed]:animate-out data-[state=closed]:fade-out data-[state=open]:animate-in data-[state=open]:fade-in sm:data-[state=open]:zoom-in-98",
            className,
          )}
        >
          <Primitive.Title className="pr-8 text-lg font-semibold tracking-tight">{title}</Primitive.Title>
          <Primitive.Description className="mt-1 pr-8 text-sm text-muted-foreground">
            {description}
          </Primitive.Description>
          <div className="mt-6">{children}</div>
          <Primitive.Close
            aria-label={words("close")}
            className="absolute top-3 right-3 grid size-10 cursor-pointer place-items-center rounded-lg text-muted-foreground hover:bg-muted hover:text-foreground"
          >
            <X className="size-4" aria-hidden />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
