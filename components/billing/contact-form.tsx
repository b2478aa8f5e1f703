"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import { Field } from "@/components/ui/field";
import { keepFields } from "@/components/ui/keep-fields";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import { contactAction } from "@/lib/actions/contact";

/** For who needs more than is on sale. What was typed stays until it is there. */
export function ContactForm({ id, email }: { id: string; email: string }) {
  const t = useTranslations("plans");
  const [answer, send] = useActionState(contactAction.bind(null, id), null);
  const form = useRef<HTMLFormElement>(null);
  const amiss = answer?.is === "refused" ? answer.fields : {};
  const part = (name: keyof typeof amiss) => ({ name, error: amiss[name] });
  useEffect(() => {
    if (answer?.is === "refused") form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [answer]);
  if (answer?.is === "sent") return <Sent>{t("contactSent", { email: answer.email })}</Sent>;
  return (
    <form ref={form} action={send} onReset={keepFields} noValidate className="grid gap-4 sm:grid-cols-2">
      <Field {...part("name")} label={t("contactName")} autoComplete="name" required maxLength={100} />
      <Field
        {...part("email")}
        label={t("contactEmail")}
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        defaultValue={email}
      />
      <Field {...part("company")} label={t("contactCompany")} autoComplete="organization" maxLength={200} />
      <Field
        {...part("credits")}
        label={t("contactCredits")}
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
      />
      <div className="sm:col-span-2">
        <TextArea {...part("message")} label={t("contactMessage")} rows={5} required maxLength={4_000} />
      </div>
      {/* People do not see it; whatever fills in every field it finds gives itself away. */}
      <div className="hidden" aria-hidden>
        <Field label={t("contactLeaveEmpty")} name="website" tabIndex={-1} autoComplete="off" />
      </div>
      <div className="space-y-3 sm:col-span-2">
        {answer?.is === "refused" && answer.message && (
          <Notice tone="negative" icon={<CircleAlert aria-hidden />}>
            {answer.message}
          </Notice>
        )}
        <SubmitButton>{t("contactSend")}</SubmitButton>
      </div>
    </form>
  );
}

/** Takes the focus that the form had, so that it is read out. */
function Sent({ children }: { children: string }) {
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => answer.current?.focus(), []);
  return (
    <div ref={answer} role="status" tabIndex={-1} className="outline-none">
      <Notice tone="positive" icon={<CircleCheck aria-hidden />}>
        {children}
      </Notice>
    </div>
  );
}
