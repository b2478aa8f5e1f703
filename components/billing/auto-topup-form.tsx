"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { useMethodName } from "@/components/billing/use-method-name";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { keepFields } from "@/components/ui/keep-fields";
import { SelectField } from "@/components/ui/select-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { useFormats } from "@/components/use-formats";
import { setTopupAction } from "@/lib/actions/topup";
import type { AutoTopup } from "@/lib/billing/get-auto-topup";

/** Sends which pack and which limit was chosen among those on offer; the catalog says what it costs. */
export function AutoTopupForm({ topup }: { topup: AutoTopup }) {
  const words = useTranslations("billing.topup");
  const nameOf = useMethodName();
  const { price } = useFormats();
  /** Once it is saved the form is made anew, so that it says it here. */
  const save: typeof setTopupAction = async (previous, form) => {
    const result = await setTopupAction(previous, form);
    if (result.ok) toast.success(words("saved"));
    return result;
  };
  const [result, action] = useActionState(save, null);
  const [isOn, setOn] = useState(topup.isOn);
  const [lookupKey, setLookupKey] = useState(topup.lookupKey || (topup.packs[0]?.lookupKey ?? ""));
  const pack = topup.packs.find((one) => one.lookupKey === lookupKey);
  return (
    <form action={action} onReset={keepFields} className="space-y-4">
      <Switch label={words("switch")} checked={isOn} onChange={setOn} />
      <input type="hidden" name="is_enabled" value={isOn ? "on" : "off"} />
      {isOn && pack && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={words("threshold")}
            name="threshold_credits"
            type="number"
            min={1}
            max={1_000_000}
            step={1}
            required
            defaultValue={topup.thresholdCredits}
          />
          <SelectField
            label={words("pack")}
            name="lookup_key"
            value={lookupKey}
            onChange={(event) => setLookupKey(event.target.value)}
            options={topup.packs.map(({ lookupKey: value, name, priceCents, currency }) => ({
              value,
              label: words("packFor", { name, price: price(priceCents, currency) }),
            }))}
          />
          <SelectField
            key={lookupKey}
            label={words("cap")}
            name="monthly_cap_cents"
            defaultValue={pack.capsCents.find((cents) => cents === topup.capCents) ?? pack.capsCents[1]}
            options={pack.capsCents.map((value) => ({ value, label: price(value, pack.currency) }))}
          />
          <SelectField
            label={words("charge")}
            name="payment_method"
            defaultValue={topup.paymentMethod ?? ""}
            options={[
              { value: "", label: words("asPlan") },
              ...topup.methods.map((method) => ({ value: method.id, label: nameOf(method) })),
            ]}
          />
        </div>
      )}
      {isOn && <p className="text-caption text-muted-foreground">{words("agree")}</p>}
      {(isOn || topup.isOn) && (
        <SubmitButton variant="outline" disabled={isOn && !pack}>
          {words(topup.isOn || !isOn ? "save" : "turnOn")}
        </SubmitButton>
      )}
      {result && !result.ok && <FormError>{result.error.message}</FormError>}
    </form>
  );
}
