"use client";

import { openEntry } from "@/components/credits/entry-address";

/** Opens the drawer where one is, without asking the server for the page again; elsewhere it is a link. */
export function HistoryEntryLink({
  href,
  number,
  isInside = false,
  ...props
}: Omit<React.ComponentProps<"a">, "href"> & { href: string; number: number; isInside?: boolean }) {
  return (
    <a
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        openEntry(number, isInside);
      }}
      {...props}
    />
  );
}
