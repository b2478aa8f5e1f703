import { isoTime } from "./stripe-fields.ts";

/** What is kept of an event: never its body. The object is read from Stripe, the payload only names it. */
export type StripeEvent = {
  id: string;
  type: string;
  created: string;
  apiVersion: string | null;
  livemode: boolean;
  /** Empty in events about things without an id; none of those has an effect here. */
  objectId: string;
  /** Of an object that has just been taken from its customer, who that was. */
  formerCustomer: string | null;
  bodySha256: string;
};

/** Reads a signed payload; null when it is no event of this account. Connect events name another account. */
export async function readEvent(
  payload: unknown,
  body: Uint8Array<ArrayBuffer>,
): Promise<StripeEvent | null> {
  if (!isRecord(payload) || payload.object !== "event" || payload.account != null) return null;
  const { id, type, created, api_version, livemode, data } = payload;
  if (!isText(id, /^evt_\w{1,250}$/) || !isText(type, /^[a-z0-9_.]{1,100}$/)) return null;
  if (!isText(api_version, /^[\w.-]{1,50}$/) && api_version !== null) return null;
  if (!isUnixSeconds(created) || typeof livemode !== "boolean") return null;
  if (!isRecord(data) || !isRecord(data.object)) return null;
  return {
    id,
    type,
    created: isoTime(created),
    apiVersion: api_version,
    livemode,
    objectId: isText(data.object.id, /^\w{1,255}$/) ? data.object.id : "",
    formerCustomer: formerCustomer(data.previous_attributes),
    bodySha256: await sha256(body),
  };
}

function formerCustomer(previous: unknown): string | null {
  const customer = isRecord(previous) ? previous.customer : null;
  return isText(customer, /^cus_\w{1,250}$/) ? customer : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown, shape: RegExp): value is string =>
  typeof value === "string" && shape.test(value);

const isUnixSeconds = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32;

export async function sha256(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
