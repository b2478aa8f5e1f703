import "server-only";
import { getTranslations } from "next-intl/server";
import type { Catalog, Plan, Refund, SoldPack, Terms } from "@/lib/billing/get-catalog";
import type { Words } from "@/lib/i18n/words";

/** A question that is asked before buying, and what the catalog says to it, a sentence or some. */
export type Answer = { question: string; answers: string[] };

type Said = { name: string; sentence: string };

export async function getAnswers({ plans, packs }: Catalog): Promise<Answer[]> {
  const words = await getTranslations("plans");
  const paid = plans.filter(({ isFree }) => !isFree);
  const tried = plans.find(({ trial }) => trial);
  const unused = [
    ...together(
      plans.map((plan) => ({ name: plan.name, sentence: lifeOf(plan, words) })),
      words,
    ),
    ...ofPacks(packs, (pack) => packLife(pack, words), words),
  ];
  const refunds = [
    ...together(
      paid.map((plan) => ({ name: plan.name, sentence: refundOf(plan.terms.refund, words) })),
      words,
    ),
    ...ofPacks(packs, (pack) => refundOf(pack.refund, words), words),
  ];
  return [
    { question: words("askUnused"), answers: unused },
    {
      question: words("askCancel"),
      answers: [words(packs.length > 0 ? "answerCancelPacks" : "answerCancel")],
    },
    { question: words("askChange"), answers: [words("answerChange")] },
    ...(tried?.trial
      ? [
          {
            question: words("askTrial"),
            answers: [words("answerTrial", { plan: tried.name, ...tried.trial })],
          },
        ]
      : []),
    ...(packs.length > 0 ? [{ question: words("askOrder"), answers: [words("answerOrder")] }] : []),
    { question: words("askRefund"), answers: refunds },
  ];
}

/** What is said of every plan is said once, else of each that it holds for. */
function together(said: Said[], words: Words<"plans">): string[] {
  const sentences = [...new Set(said.map(({ sentence }) => sentence))];
  if (sentences.length < 2) return sentences;
  return sentences.map((sentence) => {
    const plans = said.filter((one) => one.sentence === sentence).map(({ name }) => name);
    return words("ofPlans", { plans: plans.join(", "), sentence });
  });
}

function ofPacks(packs: SoldPack[], say: (pack: SoldPack) => string, words: Words<"plans">): string[] {
  const sentences = [...new Set(packs.map(say))];
  const [only] = sentences;
  if (sentences.length < 2) return only ? [words("ofPacks", { sentence: only })] : [];
  return together(
    packs.map((pack) => ({ name: pack.name, sentence: say(pack) })),
    words,
  );
}

function lifeOf({ isFree, terms }: Pick<Plan, "isFree" | "terms">, words: Words<"plans">): string {
  if (isFree) return words("expiryFree");
  if (terms.expiry === "never") return words("expiryNever");
  if (terms.expiry === "duration") return words("expiryDuration", { days: terms.expiresAfterDays ?? 0 });
  const end =
    terms.graceHours > 0 ? words("expiryPeriodGrace", { hours: terms.graceHours }) : words("expiryPeriod");
  return [end, ...rolloverOf(terms, words)].join(" ");
}

function rolloverOf(terms: Terms, words: Words<"plans">): string[] {
  const { rollover, rolloverMaxCredits: credits, rolloverPercent, rolloverPeriods: periods } = terms;
  if (rollover === "none") return [words("rolloverNone")];
  const percent = rolloverPercent === null ? null : rolloverPercent / 100;
  const times = periods === null ? [] : [words("rolloverTimes", { periods })];
  if (credits !== null && percent !== null) return [words("rolloverBoth", { credits, percent }), ...times];
  if (credits !== null) return [words("rolloverCredits", { credits }), ...times];
  if (percent !== null) return [words("rolloverPercent", { percent }), ...times];
  return [words("rolloverAll"), ...times];
}

function packLife({ expiresAfterDays: days }: SoldPack, words: Words<"plans">): string {
  return days === null ? words("expiryNever") : words("expiryDuration", { days });
}

const refundOf = (refund: Refund, words: Words<"plans">) =>
  words(({ none: "refundNone", prorated: "refundProrated", full: "refundFull" } as const)[refund]);
