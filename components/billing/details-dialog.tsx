"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { keepFields } from "@/components/ui/keep-fields";
import { SelectField } from "@/components/ui/select-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { toast } from "@/components/ui/toast";
import { useFormats } from "@/components/use-formats";
import { setDetailsAction } from "@/lib/actions/details";
import type { BillingDetails } from "@/lib/billing/get-billing-details";

/** Name, address and tax id; which kind of tax id there is depends on the country. */
export function DetailsDialog({
  details: { name, address, taxIds, countries, taxIdTypes },
  onOpenChange,
}: {
  details: BillingDetails;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const words = useTranslations("billing.details");
  const [country, setCountry] = useState(address.country);
  const save: typeof setDetailsAction = async (previous, form) => {
    const result = await setDetailsAction(previous, form);
    if (result.ok) {
      toast.success(words("saved"));
      onOpenChange(false);
    }
    return result;
  };
  const [result, action] = useActionState(save, null);
  const type = taxIdTypes[country];
  return (
    <Dialog open onOpenChange={onOpenChange} title={words("dialogTitle")} description={words("dialogText")}>
      <form action={action} onReset={keepFields} className="space-y-4">
        <Field
          label={words("name")}
          name="name"
          defaultValue={name}
          maxLength={200}
          autoComplete="organization"
        />
        <Field
          label={words("line1")}
          name="line1"
          defaultValue={address.line1}
          maxLength={200}
          required
          autoComplete="address-line1"
        />
        <Field
          label={words("line2")}
          name="line2"
          defaultValue={address.line2}
          maxLength={200}
          autoComplete="address-line2"
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={words("postalCode")}
            name="postal_code"
            defaultValue={address.postal_code}
            maxLength={200}
            autoComplete="postal-code"
          />
          <Field
            label={words("city")}
            name="city"
            defaultValue={address.city}
            maxLength={200}
            autoComplete="address-level2"
          />
          <Field
            label={words("state")}
            name="state"
            defaultValue={address.state}
            maxLength={200}
            autoComplete="address-level1"
          />
          <CountryField countries={countries} value={country} onChange={setCountry} />
        </div>
        {taxIds.length > 1 && <p className="text-caption text-muted-foreground">{words("severalTaxIds")}</p>}
        {taxIds.length <= 1 && type && (
          <Field
            key={type}
            label={words("taxId", { kind: type.split("_")[1] ?? type })}
            name="tax_id"
            defaultValue={taxIds.find((one) => one.type === type)?.value}
            maxLength={200}
            autoComplete="off"
          />
        )}
        {result && !result.ok && (
          <p role="alert" className="text-caption text-negative">
            {result.error.message}
          </p>
        )}
        <div className="flex flex-wrap gap-2 pt-1">
          <SubmitButton>{words("save")}</SubmitButton>
          <DialogClose asChild>
            <Button variant="outline">{words("cancel")}</Button>
          </DialogClose>
        </div>
      </form>
    </Dialog>
  );
}

/** By their names in the visitor's language. */
function CountryField({
  countries,
  value,
  onChange,
}: {
  countries: string[];
  value: string;
  onChange: (country: string) => void;
}) {
  const words = useTranslations("billing.details");
  const { country } = useFormats();
  const named = countries.map((code) => ({ value: code, label: country(code) }));
  return (
    <SelectField
      label={words("country")}
      name="country"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      required
      autoComplete="country"
      options={[
        { value: "", label: words("chooseCountry") },
        ...named.sort((one, other) => one.label.localeCompare(other.label)),
      ]}
    />
  );
}
