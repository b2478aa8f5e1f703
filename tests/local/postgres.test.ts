import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, inject, test } from "vitest";
import { root } from "../../local/environment.ts";
import { startPostgres } from "../../local/postgres.ts";
import { openStateDir } from "../../local/state.ts";

test("another Postgres at our port is not taken for ours", async () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-postgres-"));
  fs.chmodSync(home, 0o755);
  const cluster = {
    state: openStateDir(root),
    port: inject("pgPort"),
    data: path.join(home, "db"),
    fast: true,
  };
  await expect(startPostgres(cluster)).rejects.toThrow("Address already in use");
  fs.rmSync(home, { recursive: true });
});
