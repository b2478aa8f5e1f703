"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Link } from "@/components/link";

export type Point = {
  title: string;
  lines: { label: string; value: string; colour?: string }[];
  /** Where a point leads to, and what the link to it says. */
  link?: { href: Route; label: string };
};

type Reading = { point: number; at: number; isTouched: boolean };

/**
 * Tells of the drawn point under the mouse, the finger or the focus. The points are drawn by the server, marked by
 * `data-point`, one of them reachable by Tab; arrows move between them, up and down by `columns`.
 */
export function PointReader({
  points,
  columns = points.length,
  children,
}: {
  points: Point[];
  columns?: number;
  children: React.ReactNode;
}) {
  const root = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const [reading, setReading] = useState<Reading | null>(null);

  function read(target: Element | null, isTouched: boolean) {
    const drawn = target?.closest("[data-point]");
    if (!drawn || !root.current?.contains(drawn)) return;
    const frame = root.current.getBoundingClientRect();
    const box = drawn.getBoundingClientRect();
    const at = (100 * (box.left + box.width / 2 - frame.left)) / frame.width;
    setReading({ point: Number(drawn.getAttribute("data-point")), at, isTouched });
  }

  function follow(event: React.PointerEvent) {
    const isTouched = event.pointerType === "touch";
    // A finger stays with what it first touched, wherever it slides.
    read(isTouched ? document.elementFromPoint(event.clientX, event.clientY) : elementOf(event), isTouched);
  }

  function step(event: React.KeyboardEvent) {
    if (event.key === "Escape") setReading(null);
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    const from = elementOf(event)?.closest("[data-point]")?.getAttribute("data-point");
    if (by === undefined || !from) return;
    event.preventDefault();
    root.current?.querySelector<HTMLElement>(`[data-point="${Number(from) + by}"]`)?.focus();
  }

  /** A tap reads, and the link that it shows leads on; a click and Enter lead on at once. */
  function open(event: React.MouseEvent) {
    const drawn = elementOf(event)?.closest("a[data-point]");
    const href = points[Number(drawn?.getAttribute("data-point"))]?.link?.href;
    if (!drawn || !href || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (!reading?.isTouched) router.push(href);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens for the points within, which are reachable
    <div
      ref={root}
      className="relative"
      onPointerDown={follow}
      onPointerMove={follow}
      onPointerLeave={(event) => event.pointerType === "mouse" && setReading(null)}
      onFocus={(event) => event.target.matches(":focus-visible") && read(event.target, false)}
      onBlur={(event) => !root.current?.contains(event.relatedTarget) && setReading(null)}
      onKeyDown={step}
      onClick={open}
    >
      {children}
      {reading && <Told point={points[reading.point]} at={reading.at} isTouched={reading.isTouched} />}
    </div>
  );
}

const elementOf = ({ target }: React.SyntheticEvent) => (target instanceof Element ? target : null);

/** Above the drawing, and never beyond its sides: as far to the left of its point as that stands in percent. */
function Told({ point, at, isTouched }: { point: Point | undefined; at: number; isTouched: boolean }) {
  if (!point) return null;
  return (
    <div
      data-testid="reading"
      className="absolute bottom-full z-20 mb-2 w-max max-w-64 min-w-40 rounded-lg border bg-raised px-3 py-2 text-xs shadow-lg data-[touched=false]:pointer-events-none"
      data-touched={isTouched}
      style={{ left: `${at}%`, transform: `translateX(-${at}%)` }}
    >
      <p className="font-medium">{point.title}</p>
      <ul className="mt-1 space-y-0.5">
        {point.lines.map(({ label, value, colour }) => (
          <li key={label} className="flex items-center gap-2">
            {colour && <span aria-hidden className="size-2 rounded-xs" style={{ background: colour }} />}
            <span className="min-w-0 flex-1 truncate">{label}</span>
            <span className="tabular-nums">{value}</span>
          </li>
        ))}
      </ul>
      {isTouched && point.link && (
        <Link href={point.link.href} className="mt-1.5 inline-block py-1 font-medium underline">
          {point.link.label}
        </Link>
      )}
    </div>
  );
}
