"use client";

import { CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { RetryButton } from "@/components/retry-button";
import { Button } from "@/components/ui/button";
import { keepFields } from "@/components/ui/keep-fields";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PlanAnswer } from "@/lib/actions/plan";

/** One act on the plan: its fields, its button, and what stood in the way. */
export function PlanForm({
  action,
  label,
  beside,
  children,
  ...button
}: React.ComponentProps<typeof SubmitButton> & {
  action: (previous: PlanAnswer, form: FormData) => Promise<PlanAnswer>;
  label: string;
  /** What stands next to the button. */
  beside?: React.ReactNode;
}) {
  const words = useTranslations("billing.form");
  const [answer, send] = useActionState(action, null);
  if (answer?.is === "confirm") return <Confirm {...answer} />;
  return (
    <div className="space-y-3">
      <form action={send} onReset={keepFields}>
        {children}
        <div className="flex flex-wrap gap-2">
          <SubmitButton {...button}>{label}</SubmitButton>
          {beside}
        </div>
      </form>
      {answer && (
        <Notice tone="negative" icon={<CircleAlert aria-hidden />}>
          <p className="mb-3">{answer.message}</p>
          <RetryButton>{words("lookAgain")}</RetryButton>
        </Notice>
      )}
    </div>
  );
}

/** The bank's page opens beside this one, which goes on to wait for what comes of it. */
function Confirm({ url, waitAt }: Extract<PlanAnswer, { is: "confirm" }>) {
  const words = useTranslations("billing.form");
  const router = useRouter();
  return (
    <Notice tone="warning">
      <p>{words("bank")}</p>
      <Button asChild size="sm" className="mt-3">
        <a href={url} target="_blank" rel="noreferrer" onClick={() => router.replace(waitAt)}>
          {words("payOrConfirm")}
        </a>
      </Button>
    </Notice>
  );
}
