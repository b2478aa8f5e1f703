"use client";

import { Suspense, useState } from "react";
import { Button } from "@/components/ui/button";

/**
 * Opens a dialog that is loaded when somebody comes near; while it is, the page stays as it is, and the focus where it
 * is.
 */
export function DialogButton({
  load,
  dialog,
  ...button
}: Omit<React.ComponentProps<typeof Button>, "onClick"> & {
  load: () => Promise<unknown>;
  dialog: (onOpenChange: (isOpen: boolean) => void) => React.ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const open = (event: React.MouseEvent<HTMLButtonElement>) => {
    event.currentTarget.focus(); // Safari does not, on a click
    setOpen(true);
  };
  return (
    <>
      <Button
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPointerEnter={load}
        onFocus={load}
        onClick={open}
        {...button}
      />
      <Suspense>{isOpen && dialog(setOpen)}</Suspense>
    </>
  );
}
