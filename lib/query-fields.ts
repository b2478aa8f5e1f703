import "server-only";
import { z } from "zod";

/** The fields of an address for this schema: what is empty is not there, and a list may be named several times. */
export function queryFields({ shape }: z.ZodObject, query: URLSearchParams): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name).flatMap((text) => text.trim() || []);
    if (values.length > 0) fields[name] = isList(shape[name]) || values.length > 1 ? values : values[0];
  }
  return fields;
}

function isList(field: unknown): boolean {
  const inner = field instanceof z.ZodOptional || field instanceof z.ZodDefault ? field.unwrap() : field;
  return inner instanceof z.ZodArray;
}
