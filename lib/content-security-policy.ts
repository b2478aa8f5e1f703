import "server-only";
import { env, isDevelopment } from "@/lib/env";
import { realtimeAddress } from "@/lib/live/realtime-address";

const HOSTED_PAGES = ["https://checkout.stripe.com", "https://billing.stripe.com"];

/** No inline script without this request's nonce. Styles may be inline: popovers are placed by them. */
export function contentSecurityPolicy(nonce: string): string {
  const sandbox = env().STRIPE_API_BASE;
  // A form without JavaScript is answered by a redirect to the payment page, which form-action must allow.
  const pages = sandbox ? [new URL(sandbox).origin] : HOSTED_PAGES;
  // In development React rebuilds the server's stacks with eval.
  const evaluation = isDevelopment() ? " 'unsafe-eval'" : "";
  const told = env().LIVE_BROADCAST ? [`connect-src 'self' ${new URL(realtimeAddress()).origin}`] : [];
  return [
    "default-src 'self'",
    ...told,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' ${pages.join(" ")}`,
  ].join("; ");
}
