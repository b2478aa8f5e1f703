import { useTranslations } from "next-intl";
import { useFormats } from "@/components/use-formats";
import type { Payment } from "@/lib/billing/get-payments";

/** An invoice with its PDF, or a receipt; what is due is paid on the invoice's page. */
export function PaymentPapers({ payment }: { payment: Payment }) {
  const words = useTranslations("billing.payments");
  const { date } = useFormats();
  const { invoiceUrl, invoicePdfUrl, receiptUrl, isDue, description, at } = payment;
  if (!invoiceUrl && !invoicePdfUrl && !receiptUrl)
    return <span className="text-muted-foreground">{words("noPaper")}</span>;
  const name = payment.invoiceNumber ?? words("invoice");
  return (
    <span className="inline-flex gap-3">
      {invoiceUrl && isDue && (
        <Paper href={invoiceUrl} label={words("payNamed", { name })}>
          {words("pay")}
        </Paper>
      )}
      {invoiceUrl && !isDue && (
        <Paper href={invoiceUrl} label={words("viewNamed", { name })}>
          {words("view")}
        </Paper>
      )}
      {invoicePdfUrl && (
        <Paper href={invoicePdfUrl} label={words("pdfNamed", { name })}>
          {words("pdf")}
        </Paper>
      )}
      {receiptUrl && (
        <Paper href={receiptUrl} label={words("receiptNamed", { name: description, date: date(at) })}>
          {words("receipt")}
        </Paper>
      )}
    </span>
  );
}

function Paper({ href, label, children }: { href: string; label: string; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      aria-label={label}
      className="underline decoration-border underline-offset-4 hover:decoration-foreground"
    >
      {children}
    </a>
  );
}
