import "server-only";
import { env } from "@/lib/env";

/** An address that pages may lead to, or null: Stripe's own pages, and the sandbox's where there is one. */
export function stripeAddress(address: string | null): string | null {
  if (!address || !URL.canParse(address)) return null;
  const { protocol, hostname, origin } = new URL(address);
  const isStripe = protocol === "https:" && (hostname === "stripe.com" || hostname.endsWith(".stripe.com"));
  const sandbox = env().STRIPE_API_BASE;
  return isStripe || (sandbox && origin === new URL(sandbox).origin) ? address : null;
}

/** Such an address in the form that typed routes take for one. Throws for any other. */
export function hostedPage(address: string) {
  if (stripeAddress(address) === null) throw new Error("this is not a page of the payment service");
  const { protocol, href } = new URL(address);
  return `${protocol.slice(0, -1)}:${href.slice(protocol.length)}` as const;
}
