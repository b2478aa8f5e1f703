"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
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
        <DetailField name="name" label={words("name")} value={name} />
        <DetailField name="line1" label={words("line1")} value={address.line1} required />
        <DetailField name="line2" label={words("line2")} value={address.line2} />
        <div className="grid gap-4 sm:grid-cols-2">
          <DetailField name="postal_code" label={words("postalCode")} value={address.postal_code} />
          <DetailField name="city" label={words("city")} value={address.city} />
          <DetailField name="state" label={words("state")} value={address.state} />
          <CountryField countries={countries} value={country} onChange={setCountry} />
        </div>
        {taxIds.length > 1 && <p className="text-caption text-muted-foreground">{words("severalTaxIds")}</p>}
        {taxIds.length <= 1 && type && (
          <DetailField
            key={type}
            name="tax_id"
            label={words("taxId", { kind: type.split("_")[1] ?? type })}
            value={taxIds.find((one) => one.type === type)?.value}
          />
        )}
        {result && !result.ok && <FormError>{result.error.message}</FormError>}
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

/** As the browser's own address book calls them. */
const bookNames = {
  name: "organization",
  line1: "address-line1",
  line2: "address-line2",
  postal_code: "postal-code",
  city: "address-level2",
  state: "address-level1",
  tax_id: "off",
} as const;

function DetailField({
  name,
  value,
  ...props
}: {
  name: keyof typeof bookNames;
  label: string;
  value: string | undefined;
  required?: boolean;
}) {
  return <Field name={name} defaultValue={value} maxLength={200} autoComplete={bookNames[name]} {...props} />;
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
