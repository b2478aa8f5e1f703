import { LockKeyhole } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";

/** To whom still has a session after the account was erased. */
export function ClosedAccount() {
  const words = useTranslations("billing.gone");
  return (
    <EmptyState isPage icon={<LockKeyhole aria-hidden />} title={words("title")}>
      {words("text")}
    </EmptyState>
  );
}
