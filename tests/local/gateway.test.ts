import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGateway } from "../../local/gateway.ts";
import { freePorts } from "../../local/ports.ts";

let functions: http.Server;
let stop: () => void;
let address: string;

beforeAll(async () => {
  functions = http.createServer((request, response) => {
    if (request.url === "/whole") return response.end("whole");
    response.writeHead(200, { "content-length": 100 });
    response.write("cut off", () => response.destroy());
  });
  await new Promise<void>((resolve) => functions.listen(0, "127.0.0.1", resolve));
  const [port = 0] = await freePorts(1);
  address = `http://127.0.0.1:${port}/functions/v1`;
  stop = await startGateway({
    port,
    functionsPort: (functions.address() as AddressInfo).port,
    api: { fetch: async () => Response.json("the API"), close: async () => {} },
    functions: { whole: { verify_jwt: false }, broken: { verify_jwt: false } },
    control: { path: "/_none", handle: () => {} },
  });
});
afterAll(() => {
  stop();
  functions.close();
});

test("what is not a function's goes to the API, a function's answer comes back whole", async () => {
  expect(await (await fetch(address.replace("/functions/v1", "/rest/v1/x"))).json()).toBe("the API");
  expect(await (await fetch(`${address}/whole`)).text()).toBe("whole");
});

test("a function that wants a token refuses who has none", async () => {
  expect((await fetch(`${address}/private`)).status).toBe(401);
});

test("a function cut off in its answer is cut off for the caller, who does not wait for ever", async () => {
  const answer = await fetch(`${address}/broken`);
  await expect(answer.text()).rejects.toThrow();
});
