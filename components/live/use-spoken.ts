"use client";

import { useEffect, useRef, useState } from "react";

/** Credits that go in steps are one sentence at the end, and never one upon the other. */
const SETTLED_MS = 2_000;
const APART_MS = 15_000;

/** What a screen reader is to say of a number that changes: nothing of the first, then politely. */
export function useSpoken(total: number | null): number | null {
  const [spoken, setSpoken] = useState<number | null>(null);
  const known = useRef(total);
  const saidAt = useRef(-APART_MS);
  useEffect(() => {
    if (total === known.current) return;
    const timer = setTimeout(
      () => {
        known.current = total;
        saidAt.current = performance.now();
        setSpoken(total);
      },
      Math.max(SETTLED_MS, saidAt.current + APART_MS - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [total]);
  return spoken;
}
