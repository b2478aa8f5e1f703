import "server-only";
import { z } from "zod";
import { Charge, Deduction, Work } from "@/lib/credits/deduct";
import { Balance } from "@/lib/credits/get-balance";
import { History } from "@/lib/credits/get-history";
import { Usage, UsageGroup } from "@/lib/credits/get-usage";
import { HistoryQuery, Instant } from "@/lib/credits/history-filter";
import { Quote } from "@/lib/credits/quote";
import { limit, nothing, reads, writes } from "@/lib/http/endpoint";
import { Channel } from "@/lib/live/get-channel";
import { Live } from "@/lib/live/get-live";

const HistoryPage = z.strictObject({
  ...HistoryQuery.shape,
  limit,
  before: z.coerce.number().int().min(1).optional().describe("The `olderThan` of the page before."),
});

const UsageQuery = z.strictObject({
  group_by: z.array(UsageGroup).max(4).default(["operation"]),
  since: Instant.optional(),
  until: Instant.optional(),
});

export const creditEndpoints = {
  "/api/credits/balance": {
    GET: reads({
      summary: "What the account has, by kind, and what will be lost soon",
      query: nothing,
      answer: Balance,
    }),
  },
  "/api/credits/live": {
    GET: reads({
      summary: "Who is signed in, and whether anything has changed: cheap, and settles nothing",
      query: nothing,
      answer: Live,
      isPublic: true,
    }),
  },
  "/api/credits/channel": {
    GET: reads({
      summary: "Where new entries are told, to a session with a cookie",
      query: nothing,
      answer: Channel,
      refusals: ["unknown"],
    }),
  },
  "/api/credits/history": {
    GET: reads({ summary: "What moved the credits, newest first", query: HistoryPage, answer: History }),
  },
  "/api/credits/history/csv": {
    GET: reads({
      summary: "The whole history, or what the filter lets through, as a file",
      query: z.strictObject(HistoryQuery.shape),
      answer: "text/csv",
    }),
  },
  "/api/credits/usage": {
    GET: reads({
      summary: "What credits were used for, by day, billing period, operation or subject",
      query: UsageQuery,
      answer: z.object({ usage: z.array(Usage) }),
    }),
  },
  "/api/credits/quote": {
    POST: writes({
      summary: "What an operation would cost now, and the cheapest way to what is missing; charges nothing",
      body: Work,
      answer: Quote,
      hint: 'Send {"operation", "params"}.',
    }),
  },
  "/api/credits/deduct": {
    POST: writes({
      summary: "Charges what the catalog says that an operation costs, once per key, all or nothing",
      body: Deduction,
      answer: Charge,
      isKeyed: true,
      refusals: ["short", "limit_reached", "conflict"],
      hint: 'Send {"operation", "params", "key"}: the catalog says what it costs.',
    }),
  },
};
