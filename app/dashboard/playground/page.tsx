import type { Metadata } from "next";
import { Panel } from "@/components/panel";
import { Playground } from "@/components/playground/playground";
import { requireUser } from "@/lib/auth/get-user";
import { outcome } from "@/lib/outcome";
import { getPlayground } from "@/lib/playground/get-playground";

export const metadata: Metadata = { title: "Playground" };

export default async function PlaygroundPage() {
  await requireUser("/dashboard/playground");
  const playground = await outcome(getPlayground());
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">Playground</h1>
      <p className="mt-1 mb-6 text-sm text-muted-foreground">
        Enhance a picture. It is paid for when it is done, at the price you see.
      </p>
      <Panel title="Image enhancement" result={playground}>
        {(data) => <Playground {...data} />}
      </Panel>
    </>
  );
}
