/** Stands for next/headers: vi.mock("next/headers", () => import("../support/cookies")). */
export const jar = new Map<string, string>();

/** What the visitor's browser sends along. */
export const sent = new Headers();

export async function headers() {
  return sent;
}

export async function cookies() {
  return {
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    set: (name: string, value: string) => jar.set(name, value),
  };
}
