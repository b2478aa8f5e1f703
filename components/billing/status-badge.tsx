import { Badge, type Tone } from "@/components/ui/badge";

const known: Record<string, { label: string; tone: Tone }> = {
  active: { label: "Active", tone: "positive" },
  trialing: { label: "Trial", tone: "positive" },
  past_due: { label: "Payment overdue", tone: "warning" },
  unpaid: { label: "Payment overdue", tone: "negative" },
  ending: { label: "Ending", tone: "warning" },
  paid: { label: "Paid", tone: "positive" },
  free: { label: "Nothing charged", tone: "neutral" },
  pending: { label: "Pending", tone: "warning" },
  failed: { label: "Failed", tone: "negative" },
  expired: { label: "Expired", tone: "neutral" },
  refunded: { label: "Refunded", tone: "neutral" },
  partially_refunded: { label: "Refunded in part", tone: "neutral" },
  disputed: { label: "Disputed", tone: "negative" },
  void: { label: "Cancelled", tone: "neutral" },
  paused: { label: "Paused", tone: "warning" },
};

/** Words that Stripe owns may grow: one that is not known yet is shown as it is. */
export function StatusBadge({ status }: { status: string }) {
  const { label, tone } = known[status] ?? { label: status, tone: "neutral" };
  return <Badge tone={tone}>{label}</Badge>;
}
