import { type ServerType, serve } from "@hono/node-server";

type Handler = (request: Request) => Response | Promise<Response>;

/** Serves on this machine alone; port 0 is one that the kernel gives: one looked for before could be somebody else's by now. */
export async function listen(fetch: Handler, port = 0) {
  const server = await new Promise<ServerType>((done, failed) => {
    const started = serve({ fetch, port, hostname: "127.0.0.1" }, () => done(started));
    started.once("error", failed);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Ends what is still open, too. */
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
