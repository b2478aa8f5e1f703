import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChangeReview } from "@/components/billing/change-review";
import { Link } from "@/components/link";
import { Panel } from "@/components/panel";
import { requireUser } from "@/lib/auth/get-user";
import { getChangeReview } from "@/lib/billing/get-change-review";
import { changeAddress, readWantedAddress } from "@/lib/billing/wanted-address";
import { outcome } from "@/lib/outcome";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("billing.change"))("title") };
}

/** What a change of plan costs and brings, before it is made. */
export default async function ChangePage({ searchParams }: PageProps<"/dashboard/billing/change">) {
  const wanted = readWantedAddress(await searchParams);
  await requireUser(changeAddress(wanted));
  const [words, review] = await Promise.all([
    getTranslations("billing.change"),
    outcome(getChangeReview(wanted)),
  ]);
  return (
    <div className="mx-auto max-w-xl">
      <Link href="/dashboard/billing" className="text-caption text-muted-foreground hover:text-foreground">
        <span aria-hidden>← </span>
        {words("back")}
      </Link>
      <h1 className="mt-3 mb-6 text-2xl font-semibold tracking-tight">{words("title")}</h1>
      <Panel title={words("panel")} result={review}>
        {(data) => <ChangeReview {...data} />}
      </Panel>
    </div>
  );
}
