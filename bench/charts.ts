// Charts as SVG, made of the figures: lines over a few places, each named where it ends.
import type { Figure } from "./figures.ts";

type Point = { place: string; value: number };
type Series = { name: string; points: Point[] };
type Chart = { title: string; across: string; places: string[]; series: Series[]; reference?: number };

export function drawSpendChart(figures: Figure[]) {
  const prefix = "spend against one bare update + insert, ";
  const series = namesAfter(prefix, figures).map((name) => ({
    name,
    points: figures
      .filter(({ what }) => what === prefix + name)
      .map(({ clients, value }) => ({ place: String(clients), value })),
  }));
  const title = "Speed of a spend, where 1 is the barest update + insert";
  return lineChart({ title, across: "clients", places: placesOf(series), series, reference: 1 });
}

export function drawLedgerChart(figures: Figure[]) {
  const point = /^(.+) after ([\d,]+) entries$/;
  const matches = figures.flatMap(({ what, unit, value }) => {
    const [, name, place] = unit === "us" ? (point.exec(what) ?? []) : [];
    return name && place ? [{ name, place, value }] : [];
  });
  const series = [...new Set(matches.map(({ name }) => name))].map((name) => ({
    name,
    points: matches.filter((match) => match.name === name),
  }));
  const title = "Median time of a call in microseconds, one client";
  return lineChart({ title, across: "entries in the ledger", places: placesOf(series), series });
}

function namesAfter(prefix: string, figures: Figure[]) {
  return [
    ...new Set(figures.flatMap(({ what }) => (what.startsWith(prefix) ? [what.slice(prefix.length)] : []))),
  ];
}

function placesOf(series: Series[]) {
  const places = new Set(series.flatMap(({ points }) => points.map(({ place }) => place)));
  const number = (place: string) => Number(place.replaceAll(",", ""));
  return [...places].sort((a, b) => number(a) - number(b));
}

const size = { width: 720, height: 360, top: 56, right: 150, bottom: 52, left: 56 };
const colours = ["#2563eb", "#d97706", "#059669", "#9333ea"];
const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2937 }
  .title { font-size: 15px; font-weight: 600 }
  .grid { stroke: #e5e7eb }
  .reference { stroke: #6b7280; stroke-dasharray: 4 4 }
  @media (prefers-color-scheme: dark) { text { fill: #e5e7eb } .grid { stroke: #374151 } }
`;

function lineChart({ title, across, places, series, reference }: Chart) {
  const values = series.flatMap(({ points }) => points.map(({ value }) => value));
  const step = roundStep(Math.max(...values, reference ?? 0) / 4);
  const top = step * Math.ceil(Math.max(...values, reference ?? 0) / step);
  const x = (place: string) =>
    size.left + ((places.indexOf(place) + 0.5) * (size.width - size.left - size.right)) / places.length;
  const y = (value: number) =>
    size.height - size.bottom - (value / top) * (size.height - size.bottom - size.top);
  const end = size.width - size.right;
  const grid = Array.from({ length: Math.round(top / step) + 1 }, (_, n) =>
    Number((n * step).toPrecision(6)),
  );
  const names = spread(series.map(({ points }) => y(points.at(-1)?.value ?? 0)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${title}">`,
    `<style>${style}</style>`,
    `<text class="title" x="${size.left}" y="24">${title}</text>`,
    ...grid.map(
      (value) =>
        `<line class="grid" x1="${size.left}" x2="${end}" y1="${round(y(value))}" y2="${round(y(value))}"/>` +
        `<text x="${size.left - 8}" y="${round(y(value) + 4)}" text-anchor="end">${value.toLocaleString("en")}</text>`,
    ),
    ...(reference === undefined
      ? []
      : [
          `<line class="reference" x1="${size.left}" x2="${end}" y1="${round(y(reference))}" y2="${round(y(reference))}"/>`,
        ]),
    ...places.map(
      (place) =>
        `<text x="${round(x(place))}" y="${size.height - size.bottom + 20}" text-anchor="middle">${place}</text>`,
    ),
    `<text x="${round((size.left + end) / 2)}" y="${size.height - 10}" text-anchor="middle">${across}</text>`,
    ...series.flatMap(({ name, points }, nth) => {
      const colour = colours[nth % colours.length] ?? "#000";
      const path = points.map(({ place, value }) => `${round(x(place))},${round(y(value))}`);
      return [
        `<polyline points="${path.join(" ")}" fill="none" stroke="${colour}" stroke-width="2.5"/>`,
        ...path.map((at) => {
          const [cx, cy] = at.split(",");
          return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`;
        }),
        `<text x="${end + 8}" y="${round((names[nth] ?? 0) + 4)}" style="fill:${colour}">${name}</text>`,
      ];
    }),
    "</svg>\n",
  ].join("\n");
}

const round = (value: number) => Math.round(value * 10) / 10;

/** 1, 2 or 5 times a power of ten, the first at or above. */
function roundStep(value: number) {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10) * power;
}

/** Heights of the names, moved apart where they would cover each other. */
function spread(heights: number[]) {
  const order = heights.map((_, nth) => nth).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const moved = [...heights];
  let last = Number.NEGATIVE_INFINITY;
  for (const nth of order) {
    last = Math.max(moved[nth] ?? 0, last + 16);
    moved[nth] = last;
  }
  return moved;
}
