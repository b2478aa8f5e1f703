import { createHash, randomInt } from "node:crypto";

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An id as Stripe makes them: `cus_` and 14 letters, longer where the object's URL is a secret. */
export function newId(prefix: string, length = 14): string {
  return `${prefix}_${randomText(length)}`;
}

export function randomText(length: number, alphabet = letters): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** The same for the same number, whoever pays with it. */
export function fingerprintOf(number: string): string {
  return createHash("sha256")
    .update(`fingerprint of ${number}`)
    .digest("base64url")
    .replace(/[-_]/g, "0")
    .slice(0, 16);
}
