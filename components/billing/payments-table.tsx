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
          <HeadCell>Status</HeadCell>
          <HeadCell className="text-right">Invoice</HeadCell>
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
              {payment.creditsGranted > 0 && (
                <span className="block text-xs text-muted-foreground">
                  {countCredits(payment.creditsGranted)}
                </span>
              )}
              <span className="block text-xs text-muted-foreground sm:hidden">{formatDate(payment.at)}</span>
            </Cell>
            <Cell className="text-right tabular-nums">
              {formatMoney(payment.amountCents, payment.currency)}
              {payment.refundedCents > 0 && (
                <span className="block text-xs text-muted-foreground">
                  {formatMoney(payment.refundedCents, payment.currency)} went back
                </span>
              )}
            </Cell>
            <Cell>
              <StatusBadge status={payment.status} />
            </Cell>
            <Cell className="text-right whitespace-nowrap">
              <InvoiceLinks payment={payment} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
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
