import "server-only";
import { z } from "zod";
import { Reason } from "@/lib/billing/cancel-plan";
import { Change } from "@/lib/billing/change-plan";
import { SubscriptionState } from "@/lib/billing/get-subscription-state";
import { ChangePreview } from "@/lib/billing/preview-change";
import { StartedTrial } from "@/lib/billing/start-trial";
import { Wanted } from "@/lib/billing/wanted-plan";
import type { ErrorKind } from "@/lib/errors";
import { nothing, reads, writes } from "@/lib/http/endpoint";
import { text } from "@/lib/text";

const Confirmed = Wanted.extend({ token: text(500).describe("Of the preview that was shown.") });

const Cancelled = z.object({ endsAt: z.iso.datetime() });

const refusals: ErrorKind[] = ["unknown", "conflict", "plan_required", "limit_reached", "short", "too_many"];
const sendNothing = "Send nothing.";
const sendWanted =
  'Send {"plan", "quantity", "add_ons"}: lookup keys of GET /api/billing/pricing, and how many.';

export const subscriptionEndpoints = {
  "/api/billing/trial": {
    POST: writes({
      summary: "Starts the trial, without a card; again it answers the one that there is",
      body: nothing,
      answer: StartedTrial,
      refusals: ["unknown", "conflict"],
      hint: sendNothing,
    }),
  },
  "/api/billing/subscription": {
    GET: reads({ summary: "What is subscribed to", query: nothing, answer: SubscriptionState }),
    POST: writes({
      summary: "Makes the change that a preview showed",
      body: Confirmed,
      answer: Change,
      refusals,
      hint: `${sendWanted} And the token of POST /api/billing/subscription/preview.`,
    }),
    DELETE: writes({
      summary: "Cancels, without a reason",
      body: nothing,
      answer: Cancelled,
      refusals,
    }),
  },
  "/api/billing/subscription/preview": {
    POST: writes({
      summary: "What a change would cost and bring; charges nothing",
      body: Wanted,
      answer: ChangePreview,
      refusals,
      hint: sendWanted,
    }),
  },
  "/api/billing/subscription/cancel": {
    POST: writes({
      summary: "Ends the plan when the paid period is over",
      body: Reason,
      answer: Cancelled,
      refusals,
      hint: 'Send {"feedback", "comment"}, either or neither.',
    }),
  },
  "/api/billing/subscription/resume": {
    POST: writes({
      summary: "Takes back a cancellation, or a change that waits for the period's end",
      body: nothing,
      answer: "nothing",
      refusals,
      hint: sendNothing,
    }),
  },
  "/api/billing/subscription/pause": {
    POST: writes({
      summary: "Charges nothing, and lets plan and credits rest, until it goes on",
      body: nothing,
      answer: "nothing",
      refusals,
      hint: sendNothing,
    }),
  },
  "/api/billing/subscription/unpause": {
    POST: writes({
      summary: "Goes on after a pause",
      body: nothing,
      answer: Change,
      refusals,
      hint: sendNothing,
    }),
  },
};
