import { type Answer, ask } from "@/components/live/ask";
import type { Hear } from "@/components/live/listen";
import { leadTabs, openTabs } from "@/components/live/tabs";
import type { Channel } from "@/lib/live/get-channel";
import type { Live } from "@/lib/live/get-live";
import type { LiveSettings } from "@/lib/live/live-settings";

/** Who has touched no page for so long is taken to look at none. */
const ATTENDED_MS = 60_000;
/** Being told is a hint: what got lost on the way is seen by then. */
const TOLD_EVERY_MS = 60_000;
const MOST_MS = 60_000;
/** Many messages at once are one question. */
const LEAST_MS = 150;

/** Whose entries are heard of; empty: nobody's. */
type Hearing = { account: string; end: () => void };
const nobody: Hearing = { account: "", end: () => {} };

const signs = ["pointermove", "pointerdown", "keydown", "wheel", "focus"] as const;

/**
 * Hears what has become of the account while the page is visible and online: one tab asks, or is told, for all of a
 * browser. Answers how to say that there may be news, and how to end.
 */
export function watch(settings: LiveSettings, hear: (answer: Answer) => void) {
  const ended = new AbortController();
  const pause = makePause();
  let seen: AbortController | null = null;
  let attendedAt = performance.now();
  let isHeard = false;
  const tabs = openTabs((word) => {
    if (word.is === "heard") return hear(word.answer);
    if (word.is === "attended") attendedAt = performance.now();
    pause.cut();
  });
  const say = (is: "news" | "attended") => {
    tabs.tell({ is });
    pause.cut();
  };

  function attend() {
    const since = performance.now() - attendedAt;
    if (since < ATTENDED_MS / 4) return;
    attendedAt = performance.now();
    say("attended");
  }

  function wait(failures: number): number {
    const isAttended = performance.now() - attendedAt < ATTENDED_MS;
    const usual = isAttended ? settings.everyMs : settings.idleEveryMs;
    if (failures > 0) return Math.min(usual * 2 ** failures, MOST_MS);
    return isHeard ? TOLD_EVERY_MS : usual;
  }

  async function lead(signal: AbortSignal) {
    let failures = 0;
    let hearing: Hearing = nobody;
    while (!signal.aborted) {
      const answer = await ask(signal);
      if (signal.aborted) break;
      failures = answer.is === "failed" ? failures + 1 : 0;
      tabs.tell({ is: "heard", answer });
      hear(answer);
      if (answer.is === "live") hearing = follow(hearing, answer.live);
      await pause.wait(wait(failures));
    }
    hearing.end();
    isHeard = false;
  }

  /** Listens to who is signed in, where the server tells. What cannot be joined is asked for, as without. */
  function follow(hearing: Hearing, { account, isTold }: Live): Hearing {
    const wanted = settings.canListen && isTold && account !== null ? account : "";
    if (wanted === hearing.account) return hearing;
    hearing.end();
    isHeard = false;
    if (wanted === "") return nobody;
    let isOver = false;
    const joined = (is: boolean) => {
      if (isOver) return;
      isHeard = is;
      pause.cut();
    };
    const leaving = joinChannel({ entry: pause.cut, joined });
    const end = () => {
      isOver = true;
      void leaving.then((leave) => leave());
    };
    return { account: wanted, end };
  }

  function look() {
    const isSeen = document.visibilityState === "visible" && navigator.onLine;
    if (isSeen && !seen) {
      seen = new AbortController();
      const { signal } = seen;
      // Another tab may lead: this one has missed what that one told.
      tabs.tell({ is: "news" });
      void leadTabs(signal, () => lead(signal));
    } else if (!isSeen) {
      leave();
    }
  }

  function leave() {
    seen?.abort();
    seen = null;
    pause.cut();
  }

  const options = { signal: ended.signal, passive: true, capture: true };
  document.addEventListener("visibilitychange", look, options);
  for (const name of ["online", "offline", "pageshow"]) addEventListener(name, look, options);
  for (const name of signs) addEventListener(name, attend, options);
  look();
  return {
    tellNews: () => say("news"),
    end() {
      ended.abort();
      leave();
      tabs.close();
    },
  };
}

/** By a script of its own, which nobody loads who is not told. */
async function joinChannel(hear: Hear): Promise<() => void> {
  try {
    const { listen } = await import("@/components/live/listen");
    return await listen(getChannel, hear);
  } catch {
    return () => {};
  }
}

async function getChannel(): Promise<Channel> {
  const response = await fetch("/api/credits/channel", { cache: "no-store" });
  if (!response.ok) throw new Error(`no channel: ${response.status}`);
  return response.json();
}

/** A pause that can be cut short, also before it begins. */
function makePause() {
  let hurry = () => {};
  let isCut = false;
  return {
    cut() {
      isCut = true;
      hurry();
    },
    async wait(ms: number) {
      await new Promise((resolve) => setTimeout(resolve, LEAST_MS));
      if (!isCut)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms - LEAST_MS);
          hurry = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      isCut = false;
    },
  };
}
