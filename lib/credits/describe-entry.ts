import "server-only";

/** An expiry carries the words of the grant that it ends: without one more it would read like a charge. */
export function describeEntry(kind: string, description: string): string {
  if (kind !== "expiry") return description;
  return description === "" ? "Expired credits" : `${description}, expired`;
}
