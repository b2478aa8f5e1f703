"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

const EVERY_MS = 1_000;
const PATIENCE_MS = 60_000;

/** Reads the page again until it no longer renders who asks; after a minute it stops, and says that it is late. */
export function useRefreshes(): { isLate: boolean } {
  const router = useRouter();
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (isLate) return;
    const timer = setInterval(() => router.refresh(), EVERY_MS);
    const end = setTimeout(() => setIsLate(true), PATIENCE_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [router, isLate]);
  return { isLate };
}
