import { ReceiptText } from "lucide-react";
import { StatusBadge } from "@/components/billing/status-badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { Payment } from "@/lib/billing/get-payments";
import { countCredits, formatDate, formatMoney } from "@/lib/format";

export function PaymentsTable({ payments }: { payments: Payment[] }) {
  if (payments.length === 0) {
    return (
      <EmptyState icon={<ReceiptText aria-hidden />} title="No payments yet">
        Plans and packs that you pay for are listed here. Plans come with an invoice.
      </EmptyState>
    );
  }
  return (
    <Table label="Payments">
      <thead>
        <tr>
          <HeadCell className="hidden sm:table-cell">Date</HeadCell>
          <HeadCell className="max-sm:pl-5">Plan or pack</HeadCell>
          <HeadCell className="text-right">Amount</HeadCell>
          <HeadCell className="max-sm:pr-5">Status</HeadCell>
          <HeadCell className="hidden text-right sm:table-cell">Invoice</HeadCell>
        </tr>
      </thead>
      <tbody>
        {payments.map((payment) => (
          <Row key={payment.key}>
            <Cell className="hidden whitespace-nowrap text-muted-foreground sm:table-cell">
              <time dateTime={payment.at}>{formatDate(payment.at)}</time>
            </Cell>
            <Cell className="max-sm:pl-5">
              {payment.description}
              <Granted payment={payment} />
              <span className="block text-xs text-muted-foreground sm:hidden">
                {formatDate(payment.at)}
                {payment.invoiceUrl && (
                  <span className="mt-1.5 block text-foreground">
                    <InvoiceLinks payment={payment} />
                  </span>
                )}
              </span>
            </Cell>
            <Cell className="text-right tabular-nums">
              {formatMoney(payment.amountCents, payment.currency)}
              {payment.refundedCents > 0 && (
                <span className="block text-xs whitespace-nowrap text-muted-foreground">
                  {formatMoney(payment.refundedCents, payment.currency)} back
                </span>
              )}
            </Cell>
            <Cell className="max-sm:pr-5">
              <StatusBadge
                status={payment.status === "paid" && payment.amountCents === 0 ? "free" : payment.status}
              />
            </Cell>
            <Cell className="hidden text-right whitespace-nowrap sm:table-cell">
              <InvoiceLinks payment={payment} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** A pack's name says it already. */
function Granted({ payment: { creditsGranted, description } }: { payment: Payment }) {
  const credits = countCredits(creditsGranted);
  if (creditsGranted === 0 || credits === description) return null;
  return <span className="block text-xs text-muted-foreground">{credits}</span>;
}

function InvoiceLinks({ payment }: { payment: Payment }) {
  const { invoiceUrl, invoicePdfUrl } = payment;
  if (!invoiceUrl && !invoicePdfUrl) return <span className="text-muted-foreground">No invoice</span>;
  const name = payment.invoiceNumber ?? "invoice";
  return (
    <span className="inline-flex gap-3">
      {invoiceUrl && <InvoiceLink href={invoiceUrl} label={`View ${name}`} text="View" />}
      {invoicePdfUrl && <InvoiceLink href={invoicePdfUrl} label={`Download ${name} as PDF`} text="PDF" />}
    </span>
  );
}

function InvoiceLink({ href, label, text }: { href: string; label: string; text: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      aria-label={label}
      className="underline decoration-border underline-offset-4 hover:decoration-foreground"
    >
      {text}
    </a>
  );
}
