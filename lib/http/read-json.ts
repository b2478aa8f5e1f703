import "server-only";
import { AppError } from "@/lib/errors";

const MOST_BYTES = 16_384;

/** The body, read no further than it may be long; none at all says nothing, like `{}`. */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("invalid", "notJson", { cause });
  }
}

async function readBytes({ body }: Request): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > MOST_BYTES) throw new AppError("too_large", "tooLarge", { values: { bytes: MOST_BYTES } });
    parts.push(part);
  }
  return Buffer.concat(parts);
}
