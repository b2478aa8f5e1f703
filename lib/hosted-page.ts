import "server-only";

/** An address of another site, in the form that typed routes take for one. */
export function hostedPage(address: string) {
  const { protocol, href } = new URL(address);
  return `${protocol.slice(0, -1)}:${href.slice(protocol.length)}` as const;
}
