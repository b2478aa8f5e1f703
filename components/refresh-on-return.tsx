"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Who paid in another tab and comes back sees what has become of it. */
export function RefreshOnReturn() {
  const router = useRouter();
  useEffect(() => {
    const refresh = () => router.refresh();
    addEventListener("focus", refresh);
    return () => removeEventListener("focus", refresh);
  }, [router]);
  return null;
}
