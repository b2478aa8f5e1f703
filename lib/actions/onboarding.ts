"use server";

import "server-only";
import { refresh } from "next/cache";
import { hideFirstSteps } from "@/lib/onboarding/get-first-steps";

export async function hideFirstStepsAction(): Promise<void> {
  await hideFirstSteps();
  refresh();
}
