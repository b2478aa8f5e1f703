import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { getPictures, readPicture } from "@/lib/playground/pictures";
import { render } from "@/lib/playground/render";

const plain = { size: "draft", light: "keep", colour: "keep", detail: "keep" };

async function original() {
  const [picture] = getPictures();
  if (!picture) throw new Error("there is no picture");
  return { picture, jpeg: await readPicture(picture) };
}

test("the picture is as large as the page says", async () => {
  const { picture, jpeg } = await original();
  expect(await sharp(jpeg).metadata()).toMatchObject({ width: picture.width, height: picture.height });
});

test("every value that the catalog sells is something we do", async () => {
  const file = path.resolve(import.meta.dirname, "../../supabase/catalogs/editor.sql");
  const rows = fs
    .readFileSync(file, "utf8")
    .matchAll(/\('enhance_image', \d+, '(\w+)', '(\w+)', '.+?', \d+, \d+\)/g);
  const sold = [...rows].map(([, setting = "", value = ""]) => [setting, value] as const);
  expect(sold.length).toBeGreaterThan(8);
  const tiny = await sharp((await original()).jpeg)
    .resize(60)
    .toBuffer();
  for (const [setting, value] of sold) await render(tiny, { [setting]: value });
});

test("settings change the picture, and the same settings give the same one", async () => {
  const { jpeg } = await original();
  const [first, again, vivid] = await Promise.all([
    render(jpeg, plain),
    render(jpeg, plain),
    render(jpeg, { ...plain, colour: "vivid" }),
  ]);
  expect([first.width, first.height]).toEqual([640, 427]);
  expect(first.jpeg.equals(again.jpeg)).toBe(true);
  expect(first.jpeg.equals(vivid.jpeg)).toBe(false);
});

test("each round of retouching changes the picture once more", async () => {
  const { jpeg } = await original();
  const [none, one, two, twoAgain] = await Promise.all(
    [0, 1, 2, 2].map((retouching) => render(jpeg, { ...plain, retouching })),
  );
  expect((await render(jpeg, plain)).jpeg).toEqual(none?.jpeg);
  expect(one?.jpeg).not.toEqual(none?.jpeg);
  expect(two?.jpeg).not.toEqual(one?.jpeg);
  expect(twoAgain?.jpeg).toEqual(two?.jpeg);
});

test.each([
  ["light", "candle"],
  ["mood", "keep"],
  ["constructor", "name"],
  ["light", "toString"],
  ["retouching", "much"],
  ["polishing", 1],
  ["constructor", 1],
])("%s: %s is refused in a sentence", async (setting, value) => {
  const { jpeg } = await original();
  await expect(render(jpeg, { [setting]: value })).rejects.toMatchObject({
    kind: "invalid",
    sentence: "untaught",
  });
});
