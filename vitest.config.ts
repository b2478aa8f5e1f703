import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = {
  "@": path.resolve(import.meta.dirname),
  "server-only": path.resolve(import.meta.dirname, "tests/support/empty.ts"),
};
export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      { extends: true, test: { name: "ui", include: ["tests/ui/**/*.test.tsx"], environment: "happy-dom" } },
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.ts"], environment: "node" } },
      {
        extends: true,
        test: {
          name: "db",
          include: ["tests/{db,api,functions,races,stripe}/**/*.test.ts"],
          globalSetup: ["tests/support/postgres.ts"],
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
    ],
  },
});
