import "server-only";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export const PAGE_SIZE = 50;

export type Payment = {
  key: string;
  at: string;
  description: string;
  amountCents: number;
  currency: string;
  status: string;
  invoiceNumber: string | null;
  invoiceUrl: string | null;
  invoicePdfUrl: string | null;
  creditsGranted: number;
};

export type Payments = { payments: Payment[]; olderThan: string | null };

/** What did the signed-in user pay? Newest first, a page at a time. */
export async function getPayments(before: string | null): Promise<Payments> {
  const supabase = await userClient();
  const found = await rows(
    supabase.rpc("get_payments", { page_size: PAGE_SIZE + 1, ...(before === null ? {} : { before }) }),
  );
  const shown = found.slice(0, PAGE_SIZE);
  return {
    payments: shown.map((row) => ({
      key: row.key,
      at: isoTime(row.paid_at ?? row.created_at),
      description: row.description ?? "",
      amountCents: row.amount_cents,
      currency: row.currency,
      status: row.status,
      invoiceNumber: maybe(row.invoice_number),
      invoiceUrl: webAddress(row.hosted_invoice_url),
      invoicePdfUrl: webAddress(row.invoice_pdf_url),
      creditsGranted: row.credits_granted,
    })),
    olderThan: found.length > PAGE_SIZE ? (shown.at(-1)?.created_at ?? null) : null,
  };
}

/** These become links: nothing but a web address may. */
function webAddress(url: string | null): string | null {
  return url && /^https?:\/\//.test(url) ? url : null;
}
