import { expect, test } from "vitest";
import manifest from "../../package.json";
import map from "../../supabase/functions/deno.json";

test("functions are deployed with the package versions that they are tested with", () => {
  const versions: Record<string, string> = manifest.dependencies;
  for (const [name, target] of Object.entries(map.imports))
    expect(target).toBe(`npm:${name}@${versions[name]}`);
});
