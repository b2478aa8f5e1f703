import "server-only";

/**
 * The access token of a caller without a browser, or null where there is none. Who sends one is its user or nobody: the
 * cookie is not looked at, so nothing that a browser adds by itself counts. An empty one is a token, and a wrong one.
 */
export function bearerToken(headers: Headers): string | null {
  const [scheme, token = ""] = (headers.get("authorization") ?? "").trim().split(/\s+/, 2);
  return scheme?.toLowerCase() === "bearer" ? token || "none" : null;
}
