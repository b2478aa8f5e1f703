import path from "node:path";
import { expect, test } from "vitest";
import { collect } from "../../local/command.mjs";
import { root } from "../../local/environment.ts";
import { sandboxKeys } from "../../local/keys.ts";

const testStripe = (STRIPE_SECRET_KEY: string) =>
  collect(process.execPath, [path.join(root, "local/bootstrap.mjs"), "../tests/test-mode/command"], {
    cwd: root,
    env: { ...process.env, STRIPE_SECRET_KEY },
  });

test("test:stripe: without an account it says that it was skipped and what to set, and is no failure", async () => {
  const { code, output } = await testStripe(sandboxKeys.secret);
  expect(output).toContain("SKIPPED");
  expect(output).toContain("STRIPE_SECRET_KEY=sk_test_");
  expect(code).toBe(0);
});

test.each(["sk_live_0123456789abcdef", "rk_live_0123456789abcdef", "pk_test_0123456789abcdef"])(
  "test:stripe: the key %s is refused and not repeated",
  async (key) => {
    const { code, output } = await testStripe(key);
    expect(output).toContain("must be a key of test mode");
    expect(output).not.toContain(key);
    expect(code).toBe(1);
  },
);
