import type { Answer } from "@/components/live/ask";

/** What the tabs of a browser tell each other: what one has heard for all, that there may be news, that somebody is there. */
type Word = { is: "heard"; answer: Answer } | { is: "news" } | { is: "attended" };

/** Named by its words, so that tabs of another release do not talk to these. */
const NAME = "coffer-live-1";

export function openTabs(hear: (word: Word) => void) {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = ({ data }: MessageEvent<Word>) => hear(data);
  return { tell: (word: Word) => channel.postMessage(word), close: () => channel.close() };
}

/** From a page that does not listen itself. */
export function tellTabs(word: Word): void {
  const tabs = openTabs(() => {});
  tabs.tell(word);
  tabs.close();
}

/** Works while no other tab does; where there are no locks (an address without TLS), each for itself. */
export async function leadTabs(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return work();
  await navigator.locks.request(NAME, { signal }, work).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
