import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { Playground } from "@/components/playground/playground";
import { requireUser } from "@/lib/auth/get-user";
import { outcome } from "@/lib/outcome";
import { getPlayground } from "@/lib/playground/get-playground";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("playground");
  return { title: words("title") };
}

export default async function PlaygroundPage() {
  await requireUser("/dashboard/playground");
  const [words, playground] = await Promise.all([getTranslations("playground"), outcome(getPlayground())]);
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{words("title")}</h1>
      <p className="mt-1 mb-6 text-sm text-muted-foreground">{words("lead")}</p>
      <Panel title={words("panel")} result={playground}>
        {(data) => <Playground {...data} />}
      </Panel>
    </>
  );
}
