"use client";

import { useEffect, useRef } from "react";

/** Sends the form inside it once, as if its button were pressed; without a script the button is there to press. */
export function GoOn({ children }: { children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const isSent = useRef(false);
  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    box.current?.querySelector("form")?.requestSubmit();
  }, []);
  return <div ref={box}>{children}</div>;
}
