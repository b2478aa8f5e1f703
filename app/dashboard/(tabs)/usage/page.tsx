import type { Metadata } from "next";
import { requireUser } from "@/lib/auth/get-user";
import { HistoryPanel } from "./history";

export const metadata: Metadata = { title: "Usage" };

export default async function UsagePage({ searchParams }: PageProps<"/dashboard/usage">) {
  await requireUser("/dashboard/usage");
  return <HistoryPanel query={toQuery(await searchParams)} />;
}

function toQuery(params: Record<string, string | string[] | undefined>) {
  const pairs = Object.entries(params).flatMap(([name, given]) =>
    [given ?? []].flat().map((text) => [name, text]),
  );
  return new URLSearchParams(pairs);
}
