import "server-only";
import sharp, { type Sharp } from "sharp";
import type { Params } from "@/lib/credits/quote";
import { AppError } from "@/lib/errors";

type Step = (image: Sharp, width: number) => Sharp;

const keep: Step = (image) => image;

/** What each value of each setting does. The catalog says which are on offer, and what they cost. */
const steps: Record<string, Record<string, Step>> = {
  size: {
    draft: (image) => image.resize({ width: 640 }),
    full: keep,
    large: (image, width) => image.resize({ width: width * 2, kernel: "lanczos3" }),
  },
  light: {
    keep,
    balanced: (image) => image.normalise({ lower: 1, upper: 99 }),
    studio: (image) => image.normalise({ lower: 2, upper: 97 }).linear(1.1, 4),
  },
  colour: {
    keep,
    vivid: (image) => image.modulate({ saturation: 1.7 }),
    mono: (image) => image.grayscale(),
  },
  detail: {
    keep,
    sharp: (image) => image.median(3).sharpen({ sigma: 1.2, m1: 0.6, m2: 2.4 }),
    skin: (image) => image.median(5).sharpen({ sigma: 0.8, m1: 0, m2: 1 }),
  },
};

/** What each unit of each quantity does, to the result of the one before. */
const rounds: Record<string, (image: Sharp) => Sharp> = {
  retouching: (image) => image.median(3).sharpen({ sigma: 0.8, m1: 0, m2: 1 }),
};

type Rendered = { jpeg: Buffer; width: number; height: number };

/** Does the work. */
export async function render(original: Buffer, settings: Params): Promise<Rendered> {
  let image = sharp(original, { limitInputPixels: 50_000_000 });
  const { width } = await image.metadata();
  for (const [setting, value] of Object.entries(settings))
    image =
      typeof value === "number"
        ? await repeat(findRound(setting), image, value)
        : findStep(setting, value)(image, width);
  const { data, info } = await image
    .jpeg({ quality: 86, mozjpeg: false })
    .toBuffer({ resolveWithObject: true });
  return { jpeg: data, width: info.width, height: info.height };
}

/** sharp does each thing once in a pipeline: each round is a pipeline of its own. */
async function repeat(round: (image: Sharp) => Sharp, image: Sharp, times: number): Promise<Sharp> {
  let last = image;
  for (let done = 0; done < times; done++) {
    const { data, info } = await last.raw().toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    last = round(sharp(data, { raw: { width, height, channels } }));
  }
  return last;
}

/** A setting that nobody has taught us fails here, before anything is charged. */
function findStep(setting: string, value: string): Step {
  const values = Object.hasOwn(steps, setting) ? steps[setting] : undefined;
  const step = values && Object.hasOwn(values, value) ? values[value] : undefined;
  if (step) return step;
  throw untaught(`${setting}: ${value}`);
}

function findRound(quantity: string): (image: Sharp) => Sharp {
  const round = Object.hasOwn(rounds, quantity) ? rounds[quantity] : undefined;
  if (round) return round;
  throw untaught(quantity);
}

function untaught(what: string): AppError {
  return new AppError("invalid", "untaught", { values: { what } });
}
