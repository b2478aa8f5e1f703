"use client";

import { Suspense, useState } from "react";
import { Button } from "@/components/ui/button";

/** Opens a dialog that is loaded only then; while it is, the page stays as it is, and the focus where it is. */
export function DialogButton({
  dialog,
  ...button
}: Omit<React.ComponentProps<typeof Button>, "onClick"> & {
  dialog: (onOpenChange: (isOpen: boolean) => void) => React.ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const open = (event: React.MouseEvent<HTMLButtonElement>) => {
    event.currentTarget.focus(); // Safari does not, on a click
    setOpen(true);
  };
  return (
    <>
      <Button aria-haspopup="dialog" aria-expanded={isOpen} onClick={open} {...button} />
      <Suspense>{isOpen && dialog(setOpen)}</Suspense>
    </>
  );
}
