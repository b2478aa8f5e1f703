// The cluster of a run of vitest, told to every test by its port.
import type { TestProject } from "vitest/node";
import { startCluster } from "./cluster.ts";

declare module "vitest" {
  export interface ProvidedContext {
    pgPort: number;
  }
}

export default async function setup(project: TestProject) {
  const { port, end } = await startCluster();
  project.provide("pgPort", port);
  return end;
}
