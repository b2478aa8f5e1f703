import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";

const tones = {
  active: "positive",
  trialing: "positive",
  past_due: "warning",
  unpaid: "negative",
  ending: "warning",
  paid: "positive",
  free: "neutral",
  open: "warning",
  pending: "warning",
  failed: "negative",
  expired: "neutral",
  refunded: "neutral",
  partially_refunded: "neutral",
  disputed: "negative",
  void: "neutral",
  paused: "warning",
} as const satisfies Record<string, Tone>;

/** Words that Stripe owns may grow: one that is not known yet is shown as it is. */
export function StatusBadge({ status }: { status: string }) {
  const words = useTranslations("billing.status");
  if (!isKnown(status)) return <Badge>{status}</Badge>;
  return <Badge tone={tones[status]}>{words(status)}</Badge>;
}

const isKnown = (status: string): status is keyof typeof tones => Object.hasOwn(tones, status);
