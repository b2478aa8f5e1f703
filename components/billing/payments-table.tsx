import { ReceiptText } from "lucide-react";
import { useTranslations } from "next-intl";
import { PaymentPapers } from "@/components/billing/payment-papers";
import { StatusBadge } from "@/components/billing/status-badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { useFormats } from "@/components/use-formats";
import type { Payment } from "@/lib/billing/get-payments";

/** On a phone, date and papers stand under the name; on paper, the papers are left out. */
export function PaymentsTable({ payments }: { payments: Payment[] }) {
  const words = useTranslations("billing.payments");
  if (payments.length === 0) {
    return (
      <EmptyState isQuiet icon={<ReceiptText aria-hidden />} title={words("none")}>
        {words("noneText")}
      </EmptyState>
    );
  }
  return (
    <Table label={words("label")}>
      <thead>
        <tr>
          <HeadCell className="hidden sm:table-cell">{words("date")}</HeadCell>
          <HeadCell className="max-sm:pl-5">{words("what")}</HeadCell>
          <HeadCell className="text-right">{words("amount")}</HeadCell>
          <HeadCell className="max-sm:pr-5">{words("status")}</HeadCell>
          <HeadCell className="hidden text-right sm:table-cell print:hidden">{words("paper")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {payments.map((payment) => (
          <PaymentRow key={payment.key} payment={payment} />
        ))}
      </tbody>
    </Table>
  );
}

function PaymentRow({ payment }: { payment: Payment }) {
  const words = useTranslations("billing.payments");
  const { date, money } = useFormats();
  const { at, description, invoiceNumber, refundedCents, amountCents, currency } = payment;
  return (
    <Row>
      <Cell className="hidden whitespace-nowrap text-muted-foreground sm:table-cell">
        <time dateTime={at}>{date(at)}</time>
      </Cell>
      <Cell className="max-sm:pl-5">
        {description}
        <Granted payment={payment} />
        {invoiceNumber && <span className="hidden text-xs print:block">{invoiceNumber}</span>}
        <span className="block text-xs text-muted-foreground sm:hidden">
          {date(at)}
          <span className="mt-1.5 block text-foreground print:hidden">
            <PaymentPapers payment={payment} />
          </span>
        </span>
      </Cell>
      <Cell className="text-right tabular-nums">
        {money(amountCents, currency)}
        {refundedCents > 0 && (
          <span className="block text-xs whitespace-nowrap text-muted-foreground">
            {words("back", { amount: money(refundedCents, currency) })}
          </span>
        )}
      </Cell>
      <Cell className="max-sm:pr-5">
        <StatusBadge status={statusOf(payment)} />
      </Cell>
      <Cell className="hidden text-right whitespace-nowrap sm:table-cell print:hidden">
        <PaymentPapers payment={payment} />
      </Cell>
    </Row>
  );
}

function statusOf({ status, amountCents, isDue }: Payment): string {
  if (status === "paid" && amountCents === 0) return "free";
  return status === "pending" && isDue ? "open" : status;
}

/** A pack's name says it already. */
function Granted({ payment: { creditsGranted: count, description } }: { payment: Payment }) {
  const words = useTranslations("common");
  const credits = words("credits", { count });
  if (count === 0 || credits === description) return null;
  return <span className="block text-xs text-muted-foreground">{credits}</span>;
}
