import { invalid } from "./errors.ts";
import type { Metadata } from "./types.ts";

type GivenMetadata = { [name: string]: string | number | null } | "" | null;

/** Metadata after a write: given keys are set, empty ones removed, an empty value removes all. */
export function mergeMetadata(before: Metadata, given: GivenMetadata | undefined): Metadata {
  if (given === undefined) return before;
  if (given === "" || given === null) return {};
  const merged = Object.entries({ ...before, ...given }).map(([name, value]) => [name, String(value ?? "")]);
  return Object.fromEntries(merged.filter(([, value]) => value !== ""));
}

/** A field after a write: what was given, null when it was emptied, else what it was. */
export const field = (given: string | null | undefined, before: string | null): string | null =>
  given === undefined ? before : given || null;

/** A parameter Stripe's schema leaves optional and this call needs. */
export function need<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === "")
    throw invalid(`Missing required param: ${name}.`, name, "parameter_missing");
  return value;
}

export function webAddress(value: string, name: string): string {
  if (!URL.canParse(value.replaceAll("{CHECKOUT_SESSION_ID}", "x")) || !/^https?:/i.test(value))
    throw invalid("Not a valid URL", name, "url_invalid");
  return value;
}
