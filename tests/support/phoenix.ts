// As much of Supabase Realtime as a listener meets: Phoenix' protocol (version 2, JSON) over a real socket on loopback.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

type Message = [join: string | null, ref: string | null, topic: string, event: string, payload: unknown];
type Join = { topic: string; payload: { access_token?: string; config?: { private?: boolean } } };

/** Lets in whose token is in `good`; `joins` and `tokens` are what came in. */
export async function startPhoenix(good: Set<string>) {
  const joins: Join[] = [];
  const tokens: string[] = [];
  const sockets = new Map<Duplex, string | null>();
  const send = (socket: Duplex, message: Message) => socket.write(frame(JSON.stringify(message)));

  function receive(socket: Duplex, [join, ref, topic, event, payload]: Message) {
    const token = (payload as { access_token?: string }).access_token ?? "";
    if (event === "access_token") return void tokens.push(token);
    const isIn = event !== "phx_join" || good.has(token);
    if (event === "phx_join") {
      joins.push({ topic, payload: payload as Join["payload"] });
      if (isIn) sockets.set(socket, join);
    }
    const response = isIn ? { postgres_changes: [] } : { reason: "Unauthorized" };
    send(socket, [join, ref, topic, "phx_reply", { status: isIn ? "ok" : "error", response }]);
  }

  const server = createServer();
  server.on("upgrade", (request, socket) => {
    const key = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${GUID}`).digest("base64");
    socket.write(`${SWITCH}\r\nsec-websocket-accept: ${key}\r\n\r\n`);
    sockets.set(socket, null);
    socket.on(
      "data",
      reader((text) => receive(socket, JSON.parse(text))),
    );
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/realtime/v1`,
    joins,
    tokens,
    /** To all who have joined, as the database's messages come. */
    broadcast(topic: string, event: string, payload: unknown) {
      for (const [socket, join] of sockets)
        if (join)
          send(socket, [join, null, `realtime:${topic}`, "broadcast", { event, payload, type: "broadcast" }]);
    },
    /** As when the network fails. */
    cut() {
      for (const socket of sockets.keys()) socket.destroy();
    },
    close() {
      this.cut();
      server.close();
    },
  };
}

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const SWITCH = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade";

function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
}

/** Whole text frames of a client, which are masked; a close ends the socket by itself. */
function reader(hear: (text: string) => void) {
  let rest = Buffer.alloc(0);
  return (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 6) {
      const short = (rest[1] ?? 0) & 127;
      const at = short === 126 ? 4 : 2;
      const length = short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < at + 4 + length) return;
      const mask = rest.subarray(at, at + 4);
      const body = rest.subarray(at + 4, at + 4 + length).map((byte, n) => byte ^ (mask[n % 4] ?? 0));
      if ((rest[0] ?? 0) === 0x81) hear(Buffer.from(body).toString());
      rest = rest.subarray(at + 4 + length);
    }
  };
}
