import { resumePlan } from "@/lib/billing/resume-plan";
import { methods, serve } from "@/lib/http/serve";
import { subscriptionEndpoints } from "@/lib/http/subscription-endpoints";

const { POST: resume } = subscriptionEndpoints["/api/billing/subscription/resume"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: serve(resume, resumePlan) });
