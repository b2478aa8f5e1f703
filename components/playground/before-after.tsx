"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Result } from "@/components/playground/use-enhancement";
import { useFormats } from "@/components/use-formats";
import type { Picture } from "@/lib/playground/pictures";

/** The original, and over it as much of the result as the slider shows. */
export function BeforeAfter({
  picture,
  result,
  isWorking,
}: {
  picture: Picture;
  result: Result | null;
  isWorking: boolean;
}) {
  const words = useTranslations("playground.picture");
  const { number } = useFormats();
  const [shown, setShown] = useState(50);
  return (
    <figure className="lg:sticky lg:top-20 lg:self-start">
      <div
        className="relative overflow-hidden rounded-lg border bg-muted"
        style={{ aspectRatio: `${picture.width} / ${picture.height}` }}
      >
        {/* biome-ignore lint/performance/noImgElement: next/image would change the very pixels that are compared */}
        <img src={picture.src} alt={picture.title} className="absolute inset-0 size-full object-cover" />
        {result && (
          <>
            <div className="absolute inset-0" style={{ clipPath: `inset(0 0 0 ${shown}%)` }}>
              {/* biome-ignore lint/performance/noImgElement: a data address */}
              <img
                src={result.image}
                alt={words("enhanced", { title: picture.title })}
                className="size-full object-cover"
              />
            </div>
            <div
              className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white shadow"
              style={{ left: `${shown}%` }}
            />
            <Label className="left-3">{words("before")}</Label>
            <Label className="right-3">{words("after")}</Label>
          </>
        )}
        {isWorking && <div className="absolute inset-0 animate-pulse bg-background/50" />}
      </div>
      {result ? (
        <figcaption className="mt-3 space-y-2 text-caption text-muted-foreground">
          <input
            type="range"
            aria-label={words("compare")}
            min={0}
            max={100}
            value={shown}
            onChange={(event) => setShown(Number(event.target.value))}
            className="w-full accent-foreground"
          />
          <span className="flex flex-wrap justify-between gap-2">
            <span>{words("size", { width: number(result.width), height: number(result.height) })}</span>
            <a href={result.image} download={`${picture.key}.jpg`} className="underline underline-offset-4">
              {words("download")}
            </a>
          </span>
        </figcaption>
      ) : (
        <figcaption className="mt-3 text-caption text-muted-foreground">
          {words("original", {
            title: picture.title,
            width: number(picture.width),
            height: number(picture.height),
          })}
        </figcaption>
      )}
    </figure>
  );
}

function Label({ className, children }: { className: string; children: string }) {
  return (
    <span className={`absolute bottom-3 rounded-md bg-black/60 px-2 py-0.5 text-xs text-white ${className}`}>
      {children}
    </span>
  );
}
