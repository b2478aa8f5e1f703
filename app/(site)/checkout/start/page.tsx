import type { Metadata, Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Chosen } from "@/components/billing/chosen";
import { Panel } from "@/components/panel";
import { requireUser } from "@/lib/auth/get-user";
import { getChoice } from "@/lib/billing/get-choice";
import { outcome } from "@/lib/outcome";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("plans");
  return { title: t("startTitle") };
}

/** Where a visitor who has chosen something comes after signing up: on to its payment. */
export default async function CheckoutStart({ searchParams }: PageProps<"/checkout/start">) {
  const query = await searchParams;
  await requireUser(startAddress(query));
  const [t, choice] = await Promise.all([getTranslations("plans"), outcome(getChoice(query))]);
  if (!choice.ok)
    return (
      <Panel title={t("startTitle")} result={choice}>
        {() => null}
      </Panel>
    );
  if (choice.data.is === "change") redirect(choice.data.to);
  // A link on another site, or in a mail, asks first: nobody starts a trial for somebody else.
  const isStraight = (await headers()).get("sec-fetch-site") === "same-origin";
  return <Chosen choice={choice.data} isStraight={isStraight} />;
}

function startAddress(query: Record<string, unknown>): Route {
  const chosen = new URLSearchParams();
  for (const name of ["offer", "trial"]) {
    const key = query[name];
    if (typeof key === "string") chosen.set(name, key);
  }
  return `/checkout/start?${chosen}`;
}
