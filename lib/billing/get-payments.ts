import "server-only";
import { z } from "zod";
import type { Database } from "@/lib/database.types";
import { stripeAddress } from "@/lib/hosted-page";
import { siteAddress } from "@/lib/site-address";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export const PAGE_SIZE = 50;

const Payment = z.object({
  key: z.string(),
  at: z.iso.datetime(),
  description: z.string(),
  amountCents: z.int(),
  currency: z.string(),
  status: z.string(),
  refundedCents: z.int().describe("What of it went back, in minor units."),
  invoiceNumber: z.string().nullable(),
  invoiceUrl: z.url().nullable(),
  invoicePdfUrl: z.url().nullable(),
  creditsGranted: z.int(),
  isDue: z.boolean().describe("Its invoice waits for the user to pay it, at `invoiceUrl`."),
  receiptUrl: z.url().nullable().describe("Of what comes without an invoice: leads to Stripe's receipt."),
});
export type Payment = z.infer<typeof Payment>;

export const Payments = z.object({
  payments: z.array(Payment),
  olderThan: z.string().nullable().describe("The `before` of the next page; null on the last."),
});
export type Payments = z.infer<typeof Payments>;

type Page = Database["public"]["Functions"]["get_payments"]["Args"];

/** What did the signed-in user pay? Newest first, a page at a time; `before` is the key of a payment. */
export async function getPayments(before: string | null, pageSize = PAGE_SIZE): Promise<Payments> {
  const supabase = await userClient();
  const page: Page = { page_size: pageSize + 1 };
  if (before !== null) page.before_key = before;
  const found = await rows(supabase.rpc("get_payments", page));
  const shown = found.slice(0, pageSize);
  return {
    payments: shown.map((row) => ({
      key: row.key,
      at: isoTime(row.paid_at ?? row.created_at),
      description: row.description ?? "",
      amountCents: row.amount_cents,
      currency: row.currency,
      status: row.status,
      refundedCents: row.refunded_cents,
      invoiceNumber: maybe(row.invoice_number),
      invoiceUrl: stripeAddress(maybe(row.hosted_invoice_url)),
      invoicePdfUrl: stripeAddress(maybe(row.invoice_pdf_url)),
      creditsGranted: row.credits_granted,
      isDue: row.is_due,
      receiptUrl:
        isPack(row.key) && row.paid_at ? siteAddress(`/dashboard/billing/receipt/${row.key}`) : null,
    })),
    olderThan: found.length > pageSize ? (shown.at(-1)?.key ?? null) : null,
  };
}

const isPack = (key: string) => !key.startsWith("invoice:");

/** One that was made just now, by its key. */
export async function getPayment(key: string): Promise<Payment | undefined> {
  const { payments } = await getPayments(null);
  return payments.find((payment) => payment.key === key);
}
