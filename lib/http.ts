import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const headers = { "cache-control": "private, no-store" };

/** A handler of the HTTP API: the data as JSON (or a response as it is), or the error's status with its kind and sentence. */
export async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    const result = await work();
    return result instanceof Response ? result : Response.json(result, { headers });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const body = { error: { code: error.kind, message: error.message } };
    const wait: HeadersInit =
      error.retryAfter === undefined ? {} : { "retry-after": String(error.retryAfter) };
    return Response.json(body, { status: error.status, headers: { ...headers, ...wait } });
  }
}

/** A file to save, sent while it is made. */
export function csvFile(name: string, body: ReadableStream<Uint8Array>): Response {
  const disposition = `attachment; filename="${name}"`;
  return new Response(body, {
    headers: { ...headers, "content-type": "text/csv; charset=utf-8", "content-disposition": disposition },
  });
}

/** The session is a cookie, so a write must come from our own pages. */
export function checkOrigin(request: Request): void {
  if (request.headers.get("origin") === new URL(env().SITE_URL).origin) return;
  throw new AppError("forbidden", "This request did not come from this site.");
}

export async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch (cause) {
    throw new AppError("invalid", "The body is not JSON.", { cause });
  }
}
