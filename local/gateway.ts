// The one address of the Supabase project: Auth and REST here, /functions/v1 passed on to Deno.
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { jwtVerify } from "jose";
import type { Api } from "./api.ts";
import type { SupabaseConfig } from "./environment.ts";
import { keys } from "./keys.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

type GatewayOptions = {
  port: number;
  functionsPort: number;
  api: Api;
  functions: SupabaseConfig["functions"];
  /** The platform's own route, for its own commands. */
  control: { path: string; handle: Handler };
};

export async function startGateway({ port, functionsPort, api, functions = {}, control }: GatewayOptions) {
  const toApi = getRequestListener((request) => api.fetch(request), { overrideGlobalObjects: false });
  const server = http.createServer(async (request, response) => {
    const url = request.url ?? "";
    if (url === control.path) return control.handle(request, response);
    const name = /^\/functions\/v1\/([\w-]+)/.exec(url)?.[1];
    if (!name) return toApi(request, response);
    const isOpen = request.method === "OPTIONS" || functions[name]?.verify_jwt === false;
    if (!isOpen && !(await isKnownCaller(request))) return answer(response, 401, "Invalid JWT");
    passOn(request, response, functionsPort);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

export function answer(response: ServerResponse, status: number, message: string) {
  if (!response.headersSent)
    response.writeHead(status, { "content-type": "application/json", "access-control-allow-origin": "*" });
  response.end(JSON.stringify({ code: status, message }));
}

const jwtSecret = new TextEncoder().encode(keys.jwtSecret);

async function isKnownCaller(request: IncomingMessage) {
  const token = (request.headers.authorization ?? "").replace(/^Bearer /i, "");
  if (token === keys.secret) return true;
  return jwtVerify(token, jwtSecret).then(
    () => true,
    () => false,
  );
}

function passOn(request: IncomingMessage, response: ServerResponse, port: number) {
  const onward = http.request({
    host: "127.0.0.1",
    port,
    path: request.url?.slice("/functions/v1".length),
    method: request.method,
    headers: request.headers,
  });
  onward.on("response", (from) => {
    response.writeHead(from.statusCode ?? 502, from.headers);
    pipeline(from, response, () => {}); // cut off there, cut off here
  });
  onward.on("error", () => answer(response, 503, "The function did not answer"));
  request.pipe(onward);
}
