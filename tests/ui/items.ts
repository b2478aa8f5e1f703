// What a subscription is made of, in the samples.

export const professional = {
  lookupKey: "professional_month",
  name: "Professional",
  isAddOn: false,
  quantity: 1,
  maxQuantity: 1,
  priceCents: 2_999,
  currency: "usd",
  interval: "month",
  creditsPerMonth: 1_000,
} as const;

export const extraCredits = {
  ...professional,
  lookupKey: "extra_credits_month",
  name: "Extra credits",
  isAddOn: true,
  quantity: 2,
  maxQuantity: 10,
  priceCents: 500,
  creditsPerMonth: 200,
} as const;

export const basic = {
  ...professional,
  lookupKey: "basic_month",
  name: "Basic",
  priceCents: 999,
  creditsPerMonth: 300,
} as const;
