// A network in front of a server: whatever a client sends arrives `delay` ms later.
import { once } from "node:events";
import net from "node:net";

/** Serves a port of its own until it is closed; timers of one length keep the order of what is sent. */
export async function startProxy(port: number, delay: number) {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect(port, "127.0.0.1");
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => socket.destroy());
    }
    client.on("data", (chunk) => setTimeout(() => upstream.writable && upstream.write(chunk), delay));
    client.on("end", () => setTimeout(() => upstream.end(), delay));
    upstream.on("data", (chunk) => client.write(chunk));
    upstream.on("end", () => client.end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    port: address.port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
