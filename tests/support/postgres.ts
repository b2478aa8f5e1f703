// The cluster of a run of vitest, told to every test by its port.
import type { TestProject } from "vitest/node";
import { startCluster } from "./cluster.ts";

declare module "vitest" {
  export interface ProvidedContext {
    pgPort: number;
  }
}

export default async function setup(project: TestProject) {
  // Planted faults (tests/mutants) bring a cluster of their own, whose template is not right.
  const given = process.env.TEST_PG_PORT;
  const { port, end } = given ? { port: Number(given), end: () => {} } : await startCluster();
  project.provide("pgPort", port);
  return end;
}
