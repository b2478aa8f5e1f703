import { SearchX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";

/** Somebody else's payment is as if there were none. */
export default async function NoSuchPayment() {
  const words = await getTranslations("checkout.none");
  return (
    <Card className="mx-auto mt-8 max-w-md sm:mt-20">
      <EmptyState
        isPage
        icon={<SearchX aria-hidden />}
        title={words("title")}
        action={
          <Button asChild>
            <Link href="/dashboard/billing">{words("toBilling")}</Link>
          </Button>
        }
      >
        {words("text")}
      </EmptyState>
    </Card>
  );
}
