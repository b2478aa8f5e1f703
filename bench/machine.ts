// What a figure should be read with.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { median } from "./load.ts";

export type Machine = ReturnType<typeof describeMachine>;

export function describeMachine(folder: string) {
  return {
    cpu: `${os.cpus().length} x ${os.cpus()[0]?.model.trim() ?? "unknown"}`,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GB`,
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    sync: `${Math.round(syncTime(folder))} us`,
  };
}

/** The median time that a block of 8 KB takes to the disk: what every commit waits for. */
function syncTime(folder: string) {
  const file = path.join(folder, "sync");
  const descriptor = fs.openSync(file, "w");
  const block = Buffer.alloc(8192);
  const times = Array.from({ length: 200 }, () => {
    fs.writeSync(descriptor, block, 0, block.length, 0);
    const started = performance.now();
    fs.fdatasyncSync(descriptor);
    return (performance.now() - started) * 1000;
  });
  fs.closeSync(descriptor);
  fs.rmSync(file);
  return median(times);
}
