import "server-only";
import { readFile } from "node:fs/promises";
import path from "node:path";

export type Picture = { key: string; title: string; src: string; width: number; height: number };

/** The pictures that come with the playground, by the name that an entry of the ledger records. */
const pictures: Picture[] = [
  {
    key: "lake-at-dusk",
    title: "Lake at dusk",
    src: "/playground/lake-at-dusk.jpg",
    width: 1200,
    height: 800,
  },
];

export function getPictures(): Picture[] {
  return pictures;
}

export function readPicture({ src }: Picture): Promise<Buffer> {
  return readFile(path.join(process.cwd(), "public", src));
}
