import type { Metadata } from "next";
import Link from "next/link";
import { ChangeReview } from "@/components/billing/change-review";
import { Panel } from "@/components/panel";
import { requireUser } from "@/lib/auth/get-user";
import { getChangeReview } from "@/lib/billing/get-change-review";
import { changeAddress, readWantedAddress } from "@/lib/billing/wanted-address";
import { outcome } from "@/lib/outcome";

export const metadata: Metadata = { title: "Review your change" };

/** What a change of plan costs and brings, before it is made. */
export default async function ChangePage({ searchParams }: PageProps<"/dashboard/billing/change">) {
  const wanted = readWantedAddress(await searchParams);
  await requireUser(changeAddress(wanted));
  const review = await outcome(getChangeReview(wanted));
  return (
    <div className="mx-auto max-w-xl">
      <Link href="/dashboard/billing" className="text-[13px] text-muted-foreground hover:text-foreground">
        ← Billing
      </Link>
      <h1 className="mt-3 mb-6 text-2xl font-semibold tracking-tight">Review your change</h1>
      <Panel title="Your plan" result={review}>
        {(data) => <ChangeReview {...data} />}
      </Panel>
    </div>
  );
}
