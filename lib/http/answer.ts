import "server-only";
import { AppError, sentenceOf } from "@/lib/errors";

const headers = { "cache-control": "private, no-store" };

/** The data as JSON (a response as it is, nothing as 204), or the error's status with its kind and sentence. */
export async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    const result = await work();
    if (result instanceof Response) return result;
    return result === undefined
      ? new Response(null, { status: 204, headers })
      : Response.json(result, { headers });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.status >= 500) console.error(error.message, error.cause);
    const body = { error: { code: error.kind, message: await sentenceOf(error) } };
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
