"use client";

import { useEffect, useRef } from "react";

/** Presses the button inside it once; without a script it is there to press. */
export function GoOn({ children }: { children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const isSent = useRef(false);
  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    box.current?.querySelector("button")?.click();
  }, []);
  return <div ref={box}>{children}</div>;
}
