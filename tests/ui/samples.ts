import type { ChangeReview } from "@/lib/billing/get-change-review";
import type { ManagedPlan } from "@/lib/billing/get-managed-plan";
import type { BillingOverview } from "@/lib/billing/get-overview";
import type { PaymentMethod } from "@/lib/billing/get-payment-methods";
import type { Payment } from "@/lib/billing/get-payments";
import type { PlanPanel } from "@/lib/billing/get-plan-panel";
import type { Pricing } from "@/lib/billing/get-pricing";
import type { Balance } from "@/lib/credits/get-balance";
import type { Quote } from "@/lib/credits/quote";
import { cancelFeedback } from "@/supabase/functions/_shared/stripe-fields";
import { basic, professional } from "./items";

export const balance: Balance = {
  total: 1_250,
  subscription: 1_000,
  permanent: 250,
  promotional: 0,
  held: 0,
  subscriptionEndsAt: "2026-02-28T10:00:00.000Z",
  expiresSoon: null,
  asOf: "2026-02-10T10:00:00.000Z",
};

export const overview: BillingOverview = {
  plan: {
    key: "professional",
    name: "Professional",
    status: "active",
    lookupKey: "professional_month",
    interval: "month",
    priceCents: 2_999,
    currency: "usd",
    creditsPerMonth: 1_000,
    renewsAt: "2026-03-15T10:00:00.000Z",
    endsAt: null,
    isOverdue: false,
    isOnHold: false,
  },
  trial: null,
  isErased: false,
  canBuy: true,
  canStartTrial: false,
  endedPlan: null,
  canTopUp: true,
  canOpenPortal: true,
  freeCreditsPerMonth: 100,
  nextFreeCreditsAt: null,
  refill: null,
  frozenCredits: 0,
};

export const noPlan: BillingOverview = {
  ...overview,
  plan: null,
  canTopUp: false,
  canOpenPortal: false,
  nextFreeCreditsAt: "2026-03-01T00:00:00.000Z",
};

const sold = { isAddOn: false, isCustom: false, maxQuantity: 1, trial: null } as const;
const offer = {
  currency: "usd",
  state: "available",
  saved: null,
  changeTo: null,
  isSuggested: true,
} as const;

export const pricing: Pricing = {
  plans: [
    {
      ...sold,
      key: "free",
      name: "Free",
      description: "Try it out.",
      features: ["No card needed"],
      creditsPerMonth: 100,
      isFree: true,
      offers: [],
      state: "current",
    },
    {
      ...sold,
      key: "basic",
      name: "Basic",
      description: "For a few pictures a week.",
      features: [],
      creditsPerMonth: 300,
      isFree: false,
      state: "available",
      offers: [
        { ...offer, interval: "month", lookupKey: "basic_month", perMonthCents: 999, billedCents: 999 },
        {
          ...offer,
          interval: "year",
          lookupKey: "basic_year",
          perMonthCents: 849,
          billedCents: 10_190,
          saved: { cents: 1_798, percent: 15 },
        },
      ],
    },
  ],
  packs: [
    {
      ...{ lookupKey: "credits_500", name: "500 credits", credits: 500, priceCents: 500, currency: "usd" },
      ...{ state: "needs_plan", per100Cents: 100, savedPercent: null, expiresAfterDays: null },
      isBestValue: false,
    },
  ],
  canBuy: true,
  canTopUp: false,
  hasPlan: false,
  isOnHold: false,
  block: null,
  trial: null,
  interval: "month",
  currency: "usd",
  currencies: ["usd"],
  isCurrencyFixed: false,
  intent: "intent-of-this-page",
};

export const managed: ManagedPlan = {
  items: [professional],
  totalCents: 2_999,
  creditsPerMonth: 1_000,
  currency: "usd",
  interval: "month",
  seats: null,
  scheduled: null,
  switchInterval: {
    to: "year",
    saved: { cents: 5_398, percent: 15 },
    change: "/dashboard/billing/change?plan=professional_year&quantity=1",
  },
  block: null,
  addOns: [],
  nextCharge: { when: "renewal", at: "2026-03-15T10:00:00.000Z", amountCents: 2_999, currency: "usd" },
  endsAt: null,
  isPaused: false,
  canPause: true,
  cancellation: { endsAt: "2026-03-15T10:00:00.000Z", reasons: cancelFeedback },
};

export const panel: PlanPanel = {
  overview,
  pricing,
  managed,
  credits: { subscription: 1_000, permanent: 250, promotional: 0 },
  news: null,
};

export const review: ChangeReview = {
  wanted: { plan: "professional_month", quantity: 1, add_ons: {} },
  preview: {
    when: "now",
    startsAt: "2026-03-01T10:00:00.000Z",
    dueNowCents: 1_001,
    currency: "usd",
    creditsNow: 350,
    creditsPerMonth: 1_000,
    nextChargeCents: 2_999,
    nextChargeAt: "2026-03-15T10:00:00.000Z",
    lines: [
      { description: "Unused time on Basic", amountCents: -499 },
      { description: "Remaining time on Professional", amountCents: 1_500 },
    ],
    token: "token",
  },
  now: { items: [basic], totalCents: 999, creditsPerMonth: 300, currency: "usd", interval: "month" },
  items: [{ ...professional, field: "quantity" }],
  saved: null,
  firstYearCredits: null,
  monthlyFrom: null,
  replaces: null,
};

export const quote: Quote = { price: 200, balance: 50, leftAfter: null, shortfall: 150, wayOut: null };

export const payment: Payment = {
  key: "invoice:in_1",
  at: "2026-02-16T10:00:00.000Z",
  description: "Professional plan",
  amountCents: 2_999,
  currency: "usd",
  status: "paid",
  invoiceNumber: "C-0001",
  invoiceUrl: "https://pay.test/in_1",
  invoicePdfUrl: "https://pay.test/in_1.pdf",
  creditsGranted: 1_000,
  refundedCents: 0,
  isDue: false,
  receiptUrl: null,
};

export const card: PaymentMethod = {
  id: "pm_1",
  type: "card",
  brand: "visa",
  last4: "4242",
  expires: "04/2031",
  isDefault: true,
  expiry: null,
};
