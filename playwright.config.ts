import { defineConfig, devices } from "@playwright/test";

const changesThePlatform = /(unpaid-renewal|unreadable|whole-life)\.spec\.ts$/;

// npm test starts a platform for these tests and says where it is; by hand they use the one of `npm start`.
export default defineConfig({
  testDir: "tests/e2e",
  workers: 2,
  fullyParallel: false,
  // Who moves the clock or takes a function away does it to everybody: one after the other, when all others are done.
  projects: [
    { name: "pages", testIgnore: changesThePlatform },
    { name: "clock", testMatch: changesThePlatform, workers: 1, dependencies: ["pages"] },
  ],
  forbidOnly: process.env.CI === "true",
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:3000",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
