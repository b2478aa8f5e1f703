import { invalid } from "./errors.ts";
import { resolve, type Schema } from "./spec.ts";

/** Form fields with their brackets read: every leaf is still text. */
export type Form = string | { [field: string]: Form };

/** `a[b][0][c]=v` as stripe-node writes it. A null prototype keeps `__proto__` an ordinary, unknown name. */
export function decodeForm(text: string): Form {
  const root: Record<string, Form> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const path = [name.split("[")[0] ?? "", ...[...name.matchAll(/\[([^\]]*)\]/g)].map((m) => m[1] ?? "")];
    // Postgres keeps no NUL in jsonb.
    if (name.includes("\0") || value.includes("\0"))
      throw invalid("Invalid string: it holds a NUL character", path[0]);
    if (path.length > 10) throw invalid("Parameters are nested too deeply", name);
    let at = root;
    for (const [depth, part] of path.entries()) {
      const field = part === "" ? String(Object.keys(at).length) : part;
      if (depth === path.length - 1) at[field] = value;
      else {
        const next = at[field];
        if (typeof next === "string") throw invalid(`Invalid request: ${name} has a value already`, name);
        const child: Record<string, Form> = next ?? Object.create(null);
        at[field] = child;
        at = child;
      }
    }
  }
  return root;
}

/** The typed parameters that a form stands for, or the error Stripe would answer. */
export function readParams(form: Form, schema: Schema, path = ""): unknown {
  const s = resolve(schema);
  if (s.anyOf) return readFirst(form, s.anyOf, path);
  if (s.type === "array") return readArray(form, s.items ?? {}, path);
  if (s.type === "object" || s.properties) return readObject(form, s, path);
  if (typeof form !== "string") throw invalid(`Invalid ${s.type ?? "value"}: an object was given`, path);
  return readScalar(form, s, path);
}

/** The dotted names of all leaves, indexes of arrays left out: `line_items.price`. */
export function leafPaths(form: Form, path: string[] = []): string[] {
  if (typeof form === "string") return [path.join(".")];
  return Object.entries(form).flatMap(([field, value]) =>
    leafPaths(value, /^\d+$/.test(field) ? path : [...path, field]),
  );
}

function readFirst(form: Form, alternatives: Schema[], path: string): unknown {
  const isText = typeof form === "string";
  const fitting = alternatives.filter((a) => {
    const type = resolve(a).type;
    return isText === (type !== "object" && type !== "array");
  });
  let first: unknown = invalid("Invalid value", path);
  for (const [index, alternative] of fitting.entries()) {
    try {
      return readParams(form, alternative, path);
    } catch (error) {
      if (index === 0) first = error;
    }
  }
  throw first;
}

function readArray(form: Form, items: Schema, path: string): unknown[] {
  if (form === "") return [];
  if (typeof form === "string" || Object.keys(form).some((index) => !/^\d+$/.test(index)))
    throw invalid("Invalid array", path);
  const indexes = Object.keys(form).sort((a, b) => Number(a) - Number(b));
  return indexes.map((index) => readParams(form[index] ?? "", items, `${path}[${index}]`));
}

function readObject(form: Form, schema: Schema, path: string): Record<string, unknown> {
  if (typeof form === "string") throw invalid("Invalid object", path);
  const properties = schema.properties ?? {};
  const free = typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
  const nameOf = (field: string) => (path ? `${path}[${field}]` : field);
  const value: Record<string, unknown> = {};
  // In one order, so that a repeated request is the same text however it was written.
  for (const [field, given] of Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const known = Object.hasOwn(properties, field) ? properties[field] : free;
    if (!known)
      throw invalid(`Received unknown parameter: ${nameOf(field)}`, nameOf(field), "parameter_unknown");
    if (free && field.length > 40)
      throw invalid(`Metadata keys can have at most 40 characters: ${field}`, path);
    value[field] = readParams(given, known, nameOf(field));
  }
  if (free && Object.keys(value).length > 50) throw invalid("Metadata can have at most 50 keys", path);
  for (const field of schema.required ?? [])
    if (!(field in value))
      throw invalid(`Missing required param: ${nameOf(field)}.`, nameOf(field), "parameter_missing");
  return value;
}

function readScalar(text: string, schema: Schema, path: string): string | number | boolean {
  if (schema.type === "boolean") {
    if (text !== "true" && text !== "false") throw invalid(`Invalid boolean: ${text}`, path);
    return text === "true";
  }
  if (schema.type === "integer") {
    if (!/^-?\d{1,15}$/.test(text))
      throw invalid(`Invalid integer: ${text}`, path, "parameter_invalid_integer");
    return Number(text);
  }
  if (schema.type === "number") {
    if (text === "" || !Number.isFinite(Number(text))) throw invalid(`Invalid decimal: ${text}`, path);
    return Number(text);
  }
  if (schema.enum && !schema.enum.includes(text))
    throw invalid(`Invalid ${path}: must be one of ${schema.enum.filter(Boolean).join(", ")}`, path);
  if (schema.maxLength && text.length > schema.maxLength)
    throw invalid(`Invalid string: ${path} can have at most ${schema.maxLength} characters`, path);
  return text;
}
