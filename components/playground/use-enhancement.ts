"use client";

import { useTranslations } from "next-intl";
import { useRef, useState, useTransition } from "react";
import { toast } from "sonner";
import { enhanceAction, quoteAction } from "@/lib/actions/playground";
import type { Params, Quote } from "@/lib/credits/quote";
import type { Enhancement } from "@/lib/playground/enhance";
import type { PlaygroundData } from "@/lib/playground/get-playground";

export type Result = Extract<Enhancement, { is: "done" }>;

const newTask = () => `task-${crypto.randomUUID()}`;

/** The chosen settings, their price as the server says it, and the job they make. */
export function useEnhancement(start: Pick<PlaygroundData, "picture" | "suggested" | "quote">) {
  const words = useTranslations("playground");
  const unanswered = () =>
    ({ ok: false, error: { kind: "unavailable", message: words("unanswered") } }) as const;
  const picture = start.picture.key;
  const [settings, setSettings] = useState(start.suggested);
  const [quote, setQuote] = useState<Quote>(start.quote);
  const [result, setResult] = useState<Result | null>(null);
  const [isShort, setIsShort] = useState(false);
  const [wasShort, setWasShort] = useState(false);
  const [isQuoting, startQuoting] = useTransition();
  const [isWorking, startWorking] = useTransition();
  // One key per job: kept when an answer is lost, so that asking again is not paying again.
  const task = useRef<string | null>(null);

  const sayShort = () => {
    setWasShort(true);
    setIsShort(true);
  };

  const ask = async (choice: Params) => {
    const answer = await quoteAction({ picture, settings: choice }).catch(unanswered);
    if (answer.ok) setQuote(answer.data);
    else toast.error(answer.error.message);
  };

  const choose = (parameter: string, value: string | number) => {
    const chosen = { ...settings, [parameter]: value };
    task.current = null;
    setSettings(chosen);
    startQuoting(() => ask(chosen));
  };

  const run = async () => {
    task.current ??= newTask();
    const answer = await enhanceAction({ picture, settings, taskId: task.current }).catch(unanswered);
    if (!answer.ok) {
      if (answer.error.kind !== "unavailable") task.current = null;
      toast.error(answer.error.message);
    } else if (answer.data.is === "short") {
      setQuote(answer.data.quote);
      sayShort();
    } else {
      task.current = null;
      setResult(answer.data);
      await ask(settings);
    }
  };

  const enhance = () => {
    if (quote.shortfall > 0) sayShort();
    else startWorking(run);
  };

  return { settings, quote, result, isShort, wasShort, setIsShort, isQuoting, isWorking, choose, enhance };
}
