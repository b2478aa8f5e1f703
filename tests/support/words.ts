/** Stands for next-intl/server, which works inside Next alone: the words as the app has them, in American English. */
import { createTranslator } from "next-intl";
import { en } from "@/messages/en";

export const getLocale = async () => "en-US";

export const getTranslations = async (namespace: keyof typeof en) =>
  createTranslator({ locale: "en-US", messages: en, namespace, timeZone: "UTC" });
