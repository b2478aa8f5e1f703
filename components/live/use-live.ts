"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import type { Answer } from "@/components/live/ask";
import { tellTabs } from "@/components/live/tabs";
import { watch } from "@/components/live/watch";
import type { Live } from "@/lib/live/get-live";
import type { LiveSettings } from "@/lib/live/live-settings";

/** The same news again is read again only after this: where reading failed, or does not help. */
const AGAIN_MS = 10_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** The tab in which somebody signs out is on its way to another page. */
const LEAVING_MS = 500;

export type Shown = { account: string | null; total: number | null };

/**
 * Reads the page again, all of it at once, when the account is no longer as it shows it: after an entry, at the
 * instant at which time changes something, when somebody else signed in. What is typed, open or scrolled stays.
 * Answers where the visitor was when the session ended, until it is back.
 */
export function useLive(
  { account, total }: Shown,
  { everyMs, idleEveryMs, canListen }: LiveSettings,
): { signedOutAt: string | null } {
  const router = useRouter();
  const [isReading, startReading] = useTransition();
  const [signedOutAt, setSignedOutAt] = useState<string | null>(null);
  const [wanted, setWanted] = useState(0);
  const watching = useRef<ReturnType<typeof watch> | null>(null);
  const heard = useRef<Live | null>(null);
  const read = useRef({ news: "", at: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ending = useRef<ReturnType<typeof setTimeout>>(undefined);

  const readFor = (news: string) => {
    const now = performance.now();
    if (read.current.news === news && now - read.current.at < AGAIN_MS) return;
    read.current = { news, at: now };
    setWanted((times) => times + 1);
  };

  const hear = useEffectEvent((answer: Answer) => {
    if (document.visibilityState === "hidden" || answer.is === "failed") return;
    const { live } = answer;
    if (live.account === null) {
      const here = location.pathname + location.search;
      ending.current ??= setTimeout(() => setSignedOutAt(here), LEAVING_MS);
      return;
    }
    clearTimeout(ending.current);
    ending.current = undefined;
    const before = heard.current;
    heard.current = live;
    if (signedOutAt !== null) readFor(`signed in ${live.asOf}`);
    setSignedOutAt(null);
    // Where the total moved and shows, the page has been read since: by an act of its own.
    const isUnseen = before?.total === live.total && before.entryNumber !== live.entryNumber;
    const isBehind = live.total !== total || isUnseen;
    if (live.account !== account) readFor(`account ${live.account}`);
    else if (isBehind) readFor(`entry ${live.entryNumber}, total ${live.total}`);
    awaitChange(live);
  });

  /** By the platform's clock: how long until then is the difference of two of its instants. */
  function awaitChange({ nextChangeAt, asOf }: Live) {
    clearTimeout(timer.current);
    if (nextChangeAt === null) return;
    const wait = Math.max(0, Date.parse(nextChangeAt) - Date.parse(asOf));
    if (wait < LONGEST_TIMER_MS)
      timer.current = setTimeout(() => {
        if (document.visibilityState === "visible") readFor(`change at ${nextChangeAt}`);
      }, wait);
  }

  useEffect(() => {
    if (account === null) return tellTabs({ is: "news" });
    const { tellNews, end } = watch({ everyMs, idleEveryMs, canListen }, hear);
    watching.current = { tellNews, end };
    return () => {
      end();
      clearTimeout(timer.current);
      clearTimeout(ending.current);
    };
  }, [account, everyMs, idleEveryMs, canListen]);

  // What was done on this page shows here first: the other tabs ask at once.
  useEffect(() => {
    if (heard.current !== null && total !== heard.current.total) watching.current?.tellNews();
  }, [total]);

  // One after the other: each would be dropped for the next.
  const [done, setDone] = useState(0);
  useEffect(() => {
    if (wanted === done || isReading) return;
    setDone(wanted);
    startReading(() => router.refresh());
  }, [wanted, done, isReading, router]);

  return { signedOutAt };
}
