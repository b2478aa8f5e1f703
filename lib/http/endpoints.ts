import "server-only";
import { z } from "zod";
import { billingEndpoints } from "@/lib/http/billing-endpoints";
import { creditEndpoints } from "@/lib/http/credit-endpoints";
import { nothing, reads } from "@/lib/http/endpoint";
import { subscriptionEndpoints } from "@/lib/http/subscription-endpoints";

/** Every address of the HTTP API. */
export const endpoints = {
  ...creditEndpoints,
  ...billingEndpoints,
  ...subscriptionEndpoints,
  "/api/openapi.json": {
    GET: reads({
      summary: "This document",
      query: nothing,
      answer: z.looseObject({ openapi: z.string() }),
      isPublic: true,
    }),
  },
};
