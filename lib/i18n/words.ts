import "server-only";
import type { getTranslations } from "next-intl/server";
import type { en } from "@/messages/en";

/** What says a sentence of one part of the app. */
export type Words<Part extends keyof typeof en> = Awaited<ReturnType<typeof getTranslations<Part>>>;
