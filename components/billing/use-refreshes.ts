"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";

const EVERY_MS = 1_000;
const PATIENCE_MS = 60_000;

/** Reads the page again until it no longer renders who asks; after a minute it stops, and says that it is late. */
export function useRefreshes(): { isLate: boolean } {
  const router = useRouter();
  const [isReading, startReading] = useTransition();
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const end = setTimeout(() => setIsLate(true), PATIENCE_MS);
    return () => clearTimeout(end);
  }, []);
  // One after the other: where reading takes longer than the pause, each would be dropped for the next.
  useEffect(() => {
    if (isLate || isReading) return;
    const next = setTimeout(() => startReading(() => router.refresh()), EVERY_MS);
    return () => clearTimeout(next);
  }, [router, isLate, isReading]);
  return { isLate };
}
