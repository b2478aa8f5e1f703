import net from "node:net";
import { expect, test } from "vitest";
import { freePorts, listening, requireFree } from "../../local/ports.ts";

test("a taken port is named with the variable that moves it", async () => {
  const [port = 0] = await freePorts(1);
  const server = net.createServer().listen(port, "127.0.0.1");
  await listening(port, () => true);
  await expect(requireFree({ api: port })).rejects.toThrow(
    `Port ${port}, for the Supabase API, is taken: API_PORT moves it`,
  );
  await new Promise((resolve) => server.close(resolve));
  await expect(requireFree({ api: port })).resolves.toBeUndefined();
});
