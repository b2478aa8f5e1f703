/** Says something at the edge of the page. What draws it comes once the page is there, and not with it. */
export const toast = {
  success: (text: string) => say("success", text),
  error: (text: string) => say("error", text),
};

async function say(kind: "success" | "error", text: string) {
  const sonner = await import("sonner");
  sonner.toast[kind](text);
}
