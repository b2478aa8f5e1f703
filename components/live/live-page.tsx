"use client";

import { LogIn } from "lucide-react";
import { useTranslations } from "next-intl";
import { type Shown, useLive } from "@/components/live/use-live";
import { useSpoken } from "@/components/live/use-spoken";
import { Button } from "@/components/ui/button";
import type { LiveSettings } from "@/lib/live/live-settings";

type LivePageProps = Shown & { settings: LiveSettings };

/** Keeps the page it is on up to date. It shows nothing itself, until the session ends elsewhere. */
export function LivePage({ account, total, settings }: LivePageProps) {
  const words = useTranslations("live");
  const { signedOutAt } = useLive({ account, total }, settings);
  const spoken = useSpoken(total);
  return (
    <>
      <p role="status" className="sr-only">
        {spoken !== null && words("nowThere", { count: spoken })}
      </p>
      <div role="status">
        {signedOutAt !== null && (
          <div className="fixed inset-x-4 top-16 z-50 mx-auto flex max-w-lg flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border bg-card p-4 text-sm shadow-xl">
            <div className="min-w-0 flex-1 basis-52">
              <p className="font-medium">{words("signedOut")}</p>
              <p className="text-caption text-muted-foreground">{words("typedStays")}</p>
            </div>
            <Button asChild size="sm">
              <a href={`/login?next=${encodeURIComponent(signedOutAt)}`}>
                <LogIn aria-hidden />
                {words("signInAgain")}
              </a>
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
