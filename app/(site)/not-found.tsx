import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("frame.notFound");
  return { title: words("title") };
}

export default async function NotFound() {
  const words = await getTranslations("frame.notFound");
  return (
    <EmptyState
      isPage
      icon={<SearchX aria-hidden />}
      title={words("title")}
      action={
        <Button asChild variant="outline">
          <Link href="/">{words("home")}</Link>
        </Button>
      }
    >
      {words("text")}
    </EmptyState>
  );
}
