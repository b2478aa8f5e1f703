import { ChartColumn, Coins, CreditCard, WandSparkles } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import type { Credits } from "@/lib/overview/get-credits";

type Action = { word: "enhance" | "usage" | "packs" | "plans" | "plan" | "billing"; href: Route };

const icons = {
  enhance: WandSparkles,
  usage: ChartColumn,
  packs: Coins,
  plans: Coins,
  plan: Coins,
  billing: CreditCard,
};

/** What people come for. Buying is there for who may buy, and leads to what they may. */
export function QuickActions({ more }: { more: Credits["more"] }) {
  const t = useTranslations("overview.actions");
  const buy: Action[] = more && more.is !== "plan" ? [{ word: more.is, href: more.href }] : [];
  const actions: Action[] = [
    { word: "enhance", href: "/dashboard/playground" },
    { word: "usage", href: "/dashboard/usage" },
    ...buy,
    { word: "billing", href: "/dashboard/billing" },
  ];
  return (
    <nav aria-label={t("label")}>
      <ul className="grid grid-cols-2 gap-3 lg:flex">
        {actions.map(({ word, href }) => {
          const Icon = icons[word];
          return (
            <li key={word} className="grid lg:flex-1">
              <Link
                href={href}
                className="flex items-center gap-2 rounded-xl border bg-card px-3 py-3 text-caption font-medium shadow-xs sm:gap-3 sm:px-4 sm:text-sm transition-colors hover:bg-muted motion-reduce:transition-none"
              >
                <Icon className="size-4 shrink-0 text-muted-foreground" aria-hidden />
                {t(word)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
