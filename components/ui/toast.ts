type Kind = "success" | "error";

let show: (() => Promise<void>) | null = null;

/** Says something at the edge of the page. What draws it is loaded when there is something to say. */
export const toast = {
  success: (text: string) => say("success", text),
  error: (text: string) => say("error", text),
};

/** How the page lets what draws it appear, and tells that it has. */
export function onFirstToast(appear: () => Promise<void>): () => void {
  show = appear;
  return () => {
    show = null;
  };
}

async function say(kind: Kind, text: string): Promise<void> {
  const sonner = await import("sonner");
  await show?.();
  sonner.toast[kind](text);
}
