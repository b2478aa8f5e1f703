import { MapPin } from "lucide-react";
import { useTranslations } from "next-intl";
import { DetailsButton } from "@/components/billing/details-button";
import { PortalForm } from "@/components/billing/portal-form";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormats } from "@/components/use-formats";
import type { BillingDetails as Data } from "@/lib/billing/get-billing-details";

/** Whom invoices are made out to; null before anything was bought. */
export function BillingDetails({ details }: { details: Data | null }) {
  const words = useTranslations("billing.details");
  const { country } = useFormats();
  const icon = <MapPin aria-hidden />;
  if (!details)
    return (
      <EmptyState isQuiet icon={icon} title={words("none")}>
        {words("notYet")}
      </EmptyState>
    );
  const { name, address, taxIds } = details;
  const place = [address.postal_code, address.city].filter(Boolean).join(" ");
  const lines = [name, address.line1, address.line2, place, address.state].filter(Boolean);
  const isKnown = lines.length > 0 || address.country !== "" || taxIds.length > 0;
  if (!isKnown)
    return (
      <EmptyState
        isQuiet
        icon={icon}
        title={words("none")}
        action={<DetailsButton details={details} label={words("add")} />}
      >
        {words("noneText")}
      </EmptyState>
    );
  return (
    <div className="text-sm">
      <address className="not-italic">
        {lines.map((line) => (
          <span key={line} className="block break-words first:font-medium">
            {line}
          </span>
        ))}
        {address.country && <span className="block">{country(address.country)}</span>}
      </address>
      {taxIds.map(({ id, type, value }) => (
        <p key={id} className="mt-2 text-caption text-muted-foreground">
          {words("taxIdShown", { kind: kindOf(type) })}: <span className="tabular-nums">{value}</span>
        </p>
      ))}
      {taxIds.length > 1 && <PortalForm className="mt-4 print:hidden">{words("editTaxIds")}</PortalForm>}
      <div className="mt-4 print:hidden">
        <DetailsButton details={details} label={words("edit")} />
      </div>
    </div>
  );
}

const kindOf = (type: string) => type.split("_")[1] ?? type;
