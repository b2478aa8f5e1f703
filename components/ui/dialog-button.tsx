"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Opens a dialog that is loaded only then. */
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
      {isOpen && dialog(setOpen)}
    </>
  );
}
