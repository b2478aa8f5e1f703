import "server-only";
import { z } from "zod";
import { LocalCatalog } from "@/lib/billing/get-catalog";
import { BillingOverview } from "@/lib/billing/get-overview";
import { Payments } from "@/lib/billing/get-payments";
import { Order } from "@/lib/billing/start-checkout";
import { limit, nothing, reads, writes } from "@/lib/http/endpoint";
import { text } from "@/lib/text";

const PaymentsPage = z.strictObject({
  limit,
  before: text(300).optional().describe("The `olderThan` of the page before."),
});

const Offers = LocalCatalog.extend({ canBuy: z.boolean() });

const HostedPage = z.object({ url: z.url().describe("A page of Stripe's: send the browser there.") });

export const billingEndpoints = {
  "/api/billing/overview": {
    GET: reads({
      summary: "The plan, and what the account may buy",
      query: nothing,
      answer: BillingOverview,
    }),
  },
  "/api/billing/pricing": {
    GET: reads({
      summary: "What is on sale; `canBuy` says whether to this caller",
      query: nothing,
      answer: Offers,
      isPublic: true,
    }),
  },
  "/api/billing/payments": {
    GET: reads({ summary: "What was paid, newest first", query: PaymentsPage, answer: Payments }),
  },
  "/api/billing/checkout": {
    POST: writes({
      summary: "Opens a payment page for a plan or a pack",
      body: Order,
      answer: HostedPage,
      isKeyed: true,
      refusals: ["plan_required", "unknown", "already_subscribed", "too_many"],
      hint: 'Send {"lookup_key"} of an offer of GET /api/billing/pricing, nothing else: the catalog says what it costs.',
    }),
  },
  "/api/billing/portal": {
    POST: writes({
      summary: "Opens Stripe's portal: cards, invoices, address",
      body: nothing,
      answer: HostedPage,
      refusals: ["unknown", "too_many"],
      hint: "Send nothing.",
    }),
  },
};
