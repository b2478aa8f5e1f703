import { notFound, redirect } from "next/navigation";
import { requireUser } from "@/lib/auth/get-user";
import { getReceipt } from "@/lib/billing/get-receipt";
import { hostedPage } from "@/lib/hosted-page";

/** To the receipt of a pack: Stripe is asked for it only when it is wanted. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/dashboard/billing/receipt/[payment]">,
) {
  await requireUser("/dashboard/billing");
  const { payment } = await params;
  const address = await getReceipt(decodeURIComponent(payment));
  if (address === null) notFound();
  redirect(hostedPage(address));
}
