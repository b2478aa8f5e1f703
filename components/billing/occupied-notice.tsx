import { PortalForm } from "@/components/billing/portal-form";
import { Notice } from "@/components/ui/notice";
import type { Occupied } from "@/lib/billing/get-pricing";
import { formatDate } from "@/lib/format";

/** Why no other plan can be chosen now, and the way to one. */
export function OccupiedNotice({ occupied }: { occupied: Occupied }) {
  return (
    <Notice tone="neutral" className="mt-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72">{words(occupied)}</p>
        <PortalForm size="sm">{occupied.endsAt ? "Keep my plan" : "Cancel my plan"}</PortalForm>
      </div>
    </Notice>
  );
}

function words({ planName, endsAt, paidUntil }: Occupied): string {
  if (endsAt) return `${planName} ends on ${formatDate(endsAt)}. From then on you can choose any plan here.`;
  const stays = paidUntil ? ` It stays until ${formatDate(paidUntil)}; then` : " Once it has ended,";
  return `Plans cannot be switched directly yet: cancel ${planName} first.${stays} you can choose another one here.`;
}
