import { createHash, randomInt } from "node:crypto";

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An id as Stripe makes them: `cus_` and 14 letters, longer where the object's URL is a secret. */
export function newId(prefix: string, length = 14): string {
  return `${prefix}_${randomText(length)}`;
}

export function randomText(length: number, alphabet = letters): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** The same for the same number, and nobody's number. */
export function fingerprintOf(number: string): string {
  const digest = createHash("sha256").update(number).digest();
  return Array.from(digest.subarray(0, 16), (byte) => letters[byte % letters.length]).join("");
}
