import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { ChangeBlock } from "@/lib/billing/change-block";

const words: Record<ChangeBlock, string> = {
  closed: "Plans cannot be changed at the moment. Yours goes on as it is.",
  paused: "Your plan is paused. Resume it, and you can change it.",
  unpaid: "A payment of your plan is open. Once it is paid, you can change the plan.",
  ending: "Your plan is cancelled. Keep it, and you can change it.",
};

/** Why no other plan can be chosen now, and the way to where that is settled. */
export function BlockNotice({ block }: { block: ChangeBlock }) {
  return (
    <Notice tone="neutral" className="mt-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72">{words[block]}</p>
        <Button asChild size="sm" variant="outline">
          <Link href="/dashboard/billing">Go to Billing</Link>
        </Button>
      </div>
    </Notice>
  );
}
