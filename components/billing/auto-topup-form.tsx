"use client";

import { useActionState, useState } from "react";
import { methodName } from "@/components/billing/method-name";
import { Field } from "@/components/ui/field";
import { keepFields } from "@/components/ui/keep-fields";
import { SelectField } from "@/components/ui/select-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { setTopupAction } from "@/lib/actions/topup";
import type { AutoTopup } from "@/lib/billing/get-auto-topup";
import { formatPrice } from "@/lib/format";

/** Sends which pack and which limit was chosen among those on offer; the catalog says what it costs. */
export function AutoTopupForm({ topup }: { topup: AutoTopup }) {
  const [result, action] = useActionState(save, null);
  const [isOn, setOn] = useState(topup.isOn);
  const [lookupKey, setLookupKey] = useState(topup.lookupKey || (topup.packs[0]?.lookupKey ?? ""));
  const pack = topup.packs.find((one) => one.lookupKey === lookupKey);
  return (
    <form action={action} onReset={keepFields} className="space-y-4">
      <Switch label="Buy credits when few are left" checked={isOn} onChange={setOn} />
      <input type="hidden" name="is_enabled" value={isOn ? "on" : "off"} />
      {isOn && pack && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="When fewer credits are left than"
            name="threshold_credits"
            type="number"
            min={1}
            max={1_000_000}
            step={1}
            required
            defaultValue={topup.thresholdCredits}
          />
          <SelectField
            label="Buy"
            name="lookup_key"
            value={lookupKey}
            onChange={(event) => setLookupKey(event.target.value)}
            options={topup.packs.map(({ lookupKey: value, name, priceCents, currency }) => ({
              value,
              label: `${name} for ${formatPrice(priceCents, currency)}`,
            }))}
          />
          <SelectField
            key={lookupKey}
            label="At most, in a calendar month"
            name="monthly_cap_cents"
            defaultValue={pack.capsCents.find((cents) => cents === topup.capCents) ?? pack.capsCents[1]}
            options={pack.capsCents.map((value) => ({ value, label: formatPrice(value, pack.currency) }))}
          />
          <SelectField
            label="Charge"
            name="payment_method"
            defaultValue={topup.paymentMethod ?? ""}
            options={[
              { value: "", label: "What my plan is charged to" },
              ...topup.methods.map((method) => ({ value: method.id, label: methodName(method) })),
            ]}
          />
        </div>
      )}
      {isOn && (
        <p className="text-[13px] text-muted-foreground">
          You agree that this is charged each time, up to the limit, without asking you again. You can turn it
          off here at any time.
        </p>
      )}
      {(isOn || topup.isOn) && (
        <SubmitButton variant="outline" disabled={isOn && !pack}>
          {topup.isOn || !isOn ? "Save" : "Turn on"}
        </SubmitButton>
      )}
      {result && !result.ok && (
        <p role="alert" className="text-[13px] text-negative">
          {result.error.message}
        </p>
      )}
    </form>
  );
}

/** Once it is saved the form is made anew, so that it says it here. */
const save: typeof setTopupAction = async (previous, form) => {
  const result = await setTopupAction(previous, form);
  if (result.ok) toast.success("Automatic top-up saved.");
  return result;
};
