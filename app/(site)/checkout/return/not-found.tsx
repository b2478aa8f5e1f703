import { SearchX } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Somebody else's payment is as if there were none. */
export default async function NoSuchPayment() {
  const words = await getTranslations("checkout.none");
  return (
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
  );
}
