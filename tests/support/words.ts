/** Stands for next-intl/server, which works inside Next alone: the words as the app has them, in American English. */
import { createTranslator, type NamespaceKeys, type NestedKeyOf } from "next-intl";
import { en } from "@/messages/en";

type Words = typeof en;

export const getLocale = async () => "en-US";

export const getTranslations = async <Part extends NamespaceKeys<Words, NestedKeyOf<Words>>>(
  namespace: Part,
) => createTranslator({ locale: "en-US", messages: en, namespace, timeZone: "UTC" });
