"use client";

import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { lazy, Suspense, useEffect, useState } from "react";
import { onFirstToast } from "@/components/ui/toast";

const Sonner = lazy(() => import("sonner").then(({ Toaster: Drawn }) => ({ default: Drawn })));

/** Where messages appear: on a phone above the list of pages. Nothing of it is there before the first. */
export function Toaster() {
  const words = useTranslations("common");
  const { resolvedTheme } = useTheme();
  const [isWanted, setWanted] = useState(false);
  const [appeared] = useState(() => Promise.withResolvers<void>());
  useEffect(
    () =>
      onFirstToast(() => {
        setWanted(true);
        return appeared.promise;
      }),
    [appeared.promise],
  );
  if (!isWanted) return null;
  return (
    <Suspense>
      <Sonner
        theme={resolvedTheme === "dark" ? "dark" : "light"}
        position="bottom-right"
        mobileOffset={{ bottom: "4.5rem" }}
        containerAriaLabel={words("messages")}
        dir="ltr" // else it asks for the style of the whole page
      />
      <Mounted then={appeared.resolve} />
    </Suspense>
  );
}

/** Beside what it waits for: the effects of that have run by then. */
function Mounted({ then }: { then: () => void }) {
  useEffect(then, [then]);
  return null;
}
