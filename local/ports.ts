import net from "node:net";
import { refusal } from "./steps.mjs";

/** The services of the platform: which variable moves the port, what it is, and where it listens otherwise. */
export const services = {
  web: { variable: "PORT", what: "the web application", port: 3000 },
  api: { variable: "API_PORT", what: "the Supabase API", port: 54321 },
  database: { variable: "DB_PORT", what: "Postgres", port: 54322 },
  functions: { variable: "FN_PORT", what: "the edge functions", port: 54325 },
  stripe: { variable: "STRIPE_PORT", what: "the Stripe sandbox", port: 54330 },
} as const;

export type Ports = Record<keyof typeof services, number>;

/** One sentence for each port that somebody else holds after `patience` ms, naming the variable that moves it. */
export async function requireFree(ports: Partial<Ports>, patience = 0) {
  const end = Date.now() + patience;
  let taken = await takenOf(ports);
  while (taken.length > 0 && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    taken = await takenOf(ports);
  }
  const sentences = taken.map(([name, port]) => {
    const { variable, what } = services[name];
    const next = port + 1 > 65535 ? port - 1 : port + 1;
    return `Port ${port}, for ${what}, is taken: ${variable} moves it, for instance ${variable}=${next} npm start`;
  });
  if (sentences.length > 0) throw refusal(sentences.join("\n"));
}

async function takenOf(ports: Partial<Ports>) {
  const entries = Object.entries(ports) as [keyof Ports, number][];
  const free = await Promise.all(entries.map(([, port]) => isFree(port)));
  return entries.filter((_, at) => !free[at]);
}

function isFree(port: number) {
  return new Promise<boolean>((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(refusal(`Port ${port} cannot be used: ${error.message}`));
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** Ports that nobody held a moment ago, below the range from which the kernel takes the ports of clients. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  const start = 20_000 + Math.floor(Math.random() * 10_000);
  for (let port = start; found.length < count; port++) if (await isFree(port)) found.push(port);
  return found;
}

/** Resolves once something listens; `stillWanted` ends the wait early. */
export async function listening(port: number, stillWanted: () => boolean) {
  const end = Date.now() + 90_000;
  while (stillWanted()) {
    if (await accepts(port)) return;
    if (Date.now() > end) throw refusal(`Nothing listens on port ${port} after 90 s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function accepts(port: number) {
  return new Promise<boolean>((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    // Within the range of client ports a socket can connect to itself; that is nobody's answer.
    socket.once("connect", () => settle(socket.localPort !== port));
    socket.once("error", () => settle(false));
  });
}
