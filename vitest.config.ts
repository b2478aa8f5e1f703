import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = {
  "@": path.resolve(import.meta.dirname),
  "next-intl/server": path.resolve(import.meta.dirname, "tests/support/words.ts"),
  "server-only": path.resolve(import.meta.dirname, "tests/support/empty.ts"),
};

// By the name of the file, not by a list of folders: a new folder under tests/ runs without being mentioned here.
export default defineConfig({
  resolve: { alias },
  test: {
    // By default one core is left idle: half of two. The tests wait for Postgres and Deno as often as these for them.
    maxWorkers: "100%",
    projects: [
      { extends: true, test: { name: "ui", include: ["tests/**/*.test.tsx"], environment: "happy-dom" } },
      {
        extends: true,
        test: {
          name: "node",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/unit/**"],
          globalSetup: ["tests/support/postgres.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.ts"] } },
    ],
  },
});
