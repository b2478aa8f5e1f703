"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useState } from "react";

const EntryDrawer = dynamic(() => import("./entry-drawer").then((module) => module.EntryDrawer), {
  ssr: false,
});

/** The drawer comes when an entry is first asked for, and stays so that it can close in its own time. */
export function HistoryDrawer() {
  const entry = useSearchParams().get("entry");
  const [last, setLast] = useState(entry);
  if (entry !== null && entry !== last) setLast(entry);
  return last !== null && <EntryDrawer key={last} entry={last} isOpen={entry !== null} />;
}
