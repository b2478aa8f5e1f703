// How the platform's own commands reach the running one: a route of the gateway, and a token that only those who may
// read the state folder have. A web page that posts to a loopback address has not.
import { text } from "node:stream/consumers";
import type { Clock } from "./clock.ts";
import { answer, type Handler } from "./gateway.ts";
import { readNote, stateDir } from "./state.ts";
import { explain, refusal } from "./steps.mjs";

export const controlPath = "/_platform/clock";
const tokenHeader = "x-platform-token";

type ClockControl = {
  token: string;
  clock: Clock;
  /** Moves the clock there and says what happens on the way. */
  move: (target: Date, say: (line: string) => void) => Promise<void>;
};

/** GET says what time it is; POST moves the clock to the time in its body and streams what happens. */
export function clockRoute({ token, clock, move }: ClockControl): Handler {
  return async (request, response) => {
    if (request.headers[tokenHeader] !== token) return answer(response, 403, "Not for callers from outside");
    if (request.method === "GET") return response.end(`${clock.now().toISOString()}\n`);
    if (request.method !== "POST") return answer(response, 405, "GET or POST");
    try {
      const target = await clock.instantOf(await text(request));
      await move(target, (line) => response.write(`${line}\n`));
      response.end();
    } catch (error) {
      if (!response.headersSent) response.writeHead(422);
      response.end(`${explain(error)}\n`);
    }
  };
}

/** Asks the running platform of this checkout. */
export async function askClock(root: string, target: string | undefined, print: (text: string) => void) {
  const note = readNote(stateDir(root));
  const response =
    note &&
    (await fetch(`http://127.0.0.1:${note.apiPort}${controlPath}`, {
      method: target ? "POST" : "GET",
      headers: { [tokenHeader]: note.controlToken },
      ...(target ? { body: target } : {}),
    }).catch(() => undefined));
  if (!response?.body)
    throw refusal("The platform is not running: npm start begins it, the clock moves while it runs");
  if (!response.ok) throw refusal((await response.text()).trim());
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) print(chunk);
}
