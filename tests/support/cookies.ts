/** Stands for next/headers: vi.mock("next/headers", () => import("../support/cookies")). */
export const jar = new Map<string, string>();

/** What the request under way has sent; a caller without a browser sets `authorization`. */
export const sent = new Headers();

export function sendNothing(): void {
  for (const name of [...sent.keys()]) sent.delete(name);
}

/** Nobody has been here with it. */
export function openNewBrowser(): void {
  jar.clear();
  sendNothing();
}

export async function headers() {
  return sent;
}

export async function cookies() {
  return {
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    set: (name: string, value: string) => jar.set(name, value),
  };
}
