"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";

/** Opens a dialog that is loaded only then; what has the focus when it closes is the button again. */
export function DialogButton({
  dialog,
  ...button
}: Omit<React.ComponentProps<typeof Button>, "onClick" | "ref"> & {
  dialog: (onOpenChange: (isOpen: boolean) => void) => React.ReactNode;
}) {
  const [isOpen, setOpen] = useState<boolean>();
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen === false) opener.current?.focus();
  }, [isOpen]);
  return (
    <>
      <Button ref={opener} aria-haspopup="dialog" onClick={() => setOpen(true)} {...button} />
      {isOpen && dialog(setOpen)}
    </>
  );
}
