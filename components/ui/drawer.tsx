"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import { useReturnFocus } from "@/components/ui/use-return-focus";

/** From the right beside what it is about; on phones a sheet from below. */
export function Drawer({
  open,
  onClose,
  title,
  description,
  close,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  description: string;
  close: string;
  children: React.ReactNode;
}) {
  const focus = useReturnFocus();
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/45 data-[state=closed]:animate-out data-[state=closed]:fade-out data-[state=open]:animate-in data-[state=open]:fade-in motion-reduce:animate-none print:hidden" />
        <Primitive.Content
          {...focus}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[88dvh] flex-col rounded-t-2xl border-t bg-background shadow-2xl duration-200 data-[state=closed]:animate-out data-[state=closed]:slide-out-to-bottom data-[state=open]:animate-in data-[state=open]:slide-in-from-bottom motion-reduce:animate-none sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:w-[27rem] sm:rounded-none sm:border-t-0 sm:border-l sm:data-[state=closed]:slide-out-to-right sm:data-[state=closed]:slide-out-to-bottom-0 sm:data-[state=open]:slide-in-from-right sm:data-[state=open]:slide-in-from-bottom-0 print:hidden"
        >
          <header className="flex items-start justify-between gap-4 border-b px-5 py-4 sm:px-6">
            <div>
              <Primitive.Title className="font-semibold tracking-tight">{title}</Primitive.Title>
              <Primitive.Description className="text-caption text-muted-foreground">
                {description}
              </Primitive.Description>
            </div>
            <Primitive.Close
              aria-label={close}
              className="grid size-9 shrink-0 cursor-pointer place-items-center rounded-lg text-muted-foreground hover:bg-muted hover:text-foreground"
            >
              <X className="size-4" aria-hidden />
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-5 sm:px-6">
            {children}
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
